import { confirmSignUp } from "@/lib/auth";
import { confirmSignUpInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: confirmSignUpInput }, async ({ body }) =>
  json({ account: await confirmSignUp(body) }),
);
