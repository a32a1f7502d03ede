import { getCredits } from "@/lib/credits/overview";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json(await getCredits(principal.userId)),
);
