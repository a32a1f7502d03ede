import { renewedPrincipal } from "@/lib/auth";
import { json, route } from "@/lib/http/route";
import { startTrialHere, trialHere } from "@/lib/trial/browser";

export const GET = route({ auth: "none" }, async () =>
  json({ trial: await trialHere(await renewedPrincipal()) }),
);

export const POST = route({ auth: "none" }, async ({ locale }) => {
  const { view, created } = await startTrialHere(locale);
  return json({ trial: view }, created ? 201 : 200);
});
