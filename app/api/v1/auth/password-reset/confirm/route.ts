import { resetPassword } from "@/lib/auth";
import { confirmPasswordResetInput } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: confirmPasswordResetInput }, async ({ body }) => {
  await resetPassword(body);
  return new Response(null, { status: 204 });
});
