import { revokeTokens } from "@/lib/auth/program";
import { revokeInput } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: revokeInput }, async ({ body }) => {
  await revokeTokens(body.refreshToken);
  return new Response(null, { status: 204 });
});
