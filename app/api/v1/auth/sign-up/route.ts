import { signUpInput } from "@/lib/accounts/schema";
import { signUp } from "@/lib/auth";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: signUpInput }, async ({ body }) =>
  json({ account: await signUp(body) }, 201),
);
