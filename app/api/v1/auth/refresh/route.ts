import { refreshTokens } from "@/lib/auth/program";
import { refreshInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: refreshInput }, async ({ body }) => {
  const tokens = await refreshTokens(body.refreshToken);
  return tokens ? json(tokens) : new Response(null, { status: 204 });
});
