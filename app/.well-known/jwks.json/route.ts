import { publicKeys } from "@/lib/auth/signing-keys";
import { route } from "@/lib/http/route";

/** The keys that access tokens are signed with (RFC 7517), for whoever wants to check one. */
export const GET = route({ auth: "none" }, async () =>
  Response.json(await publicKeys(), {
    headers: { "cache-control": "public, max-age=300", "content-type": "application/jwk-set+json" },
  }),
);
