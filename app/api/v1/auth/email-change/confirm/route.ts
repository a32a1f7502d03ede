import { confirmEmailChange } from "@/lib/auth";
import { confirmEmailChangeInput } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: confirmEmailChangeInput }, async ({ body }) => {
  await confirmEmailChange(body);
  return new Response(null, { status: 204 });
});
