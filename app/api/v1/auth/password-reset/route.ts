import { requestPasswordReset } from "@/lib/auth";
import { passwordResetInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

/** The same answer, in the same time, whether the address has an account or not. */
export const POST = route({ auth: "none", body: passwordResetInput }, async ({ body }) => {
  await requestPasswordReset(body);
  return json({ status: "reset_sent" }, 202);
});
