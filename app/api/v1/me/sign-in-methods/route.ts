import { signInMethods } from "@/lib/auth/identities";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "session" }, async ({ principal }) =>
  json({ methods: await signInMethods(principal.userId) }),
);
