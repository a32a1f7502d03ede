import { signUp } from "@/lib/auth";
import { signUpInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

/** The same answer whether the address has an account or not: its owner reads which. */
export const POST = route({ auth: "none", body: signUpInput }, async ({ body }) => {
  await signUp(body);
  return json({ status: "confirmation_sent" }, 202);
});
