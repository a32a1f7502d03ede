import { getAccount } from "@/lib/accounts/service";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "session" }, async ({ principal }) =>
  json({ account: await getAccount(principal.userId) }),
);
