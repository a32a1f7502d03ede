import { logIn } from "@/lib/auth";
import { logInInput } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: logInInput }, async ({ body }) => {
  const outcome = await logIn(body);
  if ("secondFactor" in outcome) throw new AppError("second_factor_required");
  return json({ account: outcome.account });
});
