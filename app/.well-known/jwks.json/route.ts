import { publicKeys } from "@/lib/auth/signing-keys";

/** The keys that access tokens are signed with (RFC 7517), for whoever wants to check one. */
export async function GET(): Promise<Response> {
  return Response.json(await publicKeys(), {
    headers: { "cache-control": "public, max-age=300", "content-type": "application/jwk-set+json" },
  });
}
