import { type Env, env } from "@/lib/env";
import { isTossOrigin } from "@/lib/env-problems";

/** Where each identity provider's form leads: Chromium holds `form-action` against redirects too. */
const providerOrigins = {
  google: "https://accounts.google.com",
  kakao: "https://kauth.kakao.com",
  naver: "https://nid.naver.com",
} as const;

/** Where the hosted store takes parts and hands out files. */
const blobOrigins = ["https://vercel.com", "https://*.vercel-storage.com"];

/** Toss Payments' script, and the windows and addresses it works with. */
const tossOrigins = { script: "https://js.tosspayments.com", rest: "https://*.tosspayments.com" };

/**
 * The policy of every page. Pages are prerendered (`cacheComponents`), and a nonce would make each
 * of them anew at every request; the scripts that Next writes into a page change with its data, so
 * hashes can't name them either. So inline scripts are allowed, and everything else isn't: no
 * script from elsewhere, no handlers in attributes, no plug-ins, no base, no frames of others.
 */
export function contentSecurityPolicy(variables: Env = env()): string {
  const { APP_URL, storageEngine, NODE_ENV } = variables;
  const development = NODE_ENV === "development";
  const blob = storageEngine === "vercel-blob" ? blobOrigins : [];
  const payments = paymentOrigins(variables);
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": [
      "'self'",
      "'unsafe-inline'",
      // Compiles WebAssembly (libass, for the exact preview); says nothing of JavaScript.
      "'wasm-unsafe-eval'",
      ...(development ? ["'unsafe-eval'"] : []),
      ...payments.scripts,
    ],
    "script-src-attr": ["'none'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "blob:", "data:"],
    "media-src": ["'self'", "blob:", ...blob],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...blob, ...(development ? ["ws:"] : []), ...payments.windows],
    "worker-src": ["'self'", "blob:"],
    "frame-src": ["'self'", ...payments.windows],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", ...formTargets(variables), ...payments.windows],
    "frame-ancestors": ["'none'"],
    "report-uri": ["/api/v1/csp-reports"],
    ...(APP_URL?.startsWith("https://") && { "upgrade-insecure-requests": [] }),
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

/** Where the payment window comes from: Toss, or the practice provider's one address. */
function paymentOrigins({ TOSS_CLIENT_KEY, TOSS_SDK_URL }: Env) {
  if (!TOSS_CLIENT_KEY) return { scripts: [], windows: [] };
  if (TOSS_SDK_URL && !isTossOrigin(TOSS_SDK_URL)) {
    const { origin } = new URL(TOSS_SDK_URL);
    return { scripts: [origin], windows: [origin] };
  }
  return { scripts: [tossOrigins.script], windows: [tossOrigins.rest] };
}

function formTargets(variables: Env): string[] {
  const { GOOGLE_CLIENT_ID, KAKAO_CLIENT_ID, NAVER_CLIENT_ID, IDENTITY_PROVIDERS_URL } = variables;
  if (IDENTITY_PROVIDERS_URL) return [new URL(IDENTITY_PROVIDERS_URL).origin];
  return [
    ...(GOOGLE_CLIENT_ID ? [providerOrigins.google] : []),
    ...(KAKAO_CLIENT_ID ? [providerOrigins.kakao] : []),
    ...(NAVER_CLIENT_ID ? [providerOrigins.naver] : []),
  ];
}
