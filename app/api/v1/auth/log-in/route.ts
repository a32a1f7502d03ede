import { logInInput } from "@/lib/accounts/schema";
import { logIn } from "@/lib/auth";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: logInInput }, async ({ body }) =>
  json({ account: await logIn(body) }),
);
