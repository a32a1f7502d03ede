import { currentCaller } from "@/lib/auth/caller";
import { readJson } from "@/lib/http/json-body";
import { route } from "@/lib/http/route";
import { countWebhook, receiveWebhook } from "@/lib/topups/webhooks";

const maxBytes = 64 * 1024;

/** Toss Payments says here that something has happened to a payment; unsigned, so only a hint. */
export const POST = route({ auth: "none" }, async ({ request }) => {
  const { network } = await currentCaller();
  await countWebhook(network);
  await receiveWebhook({ headers: request.headers, body: await readJson(request, maxBytes) });
  return new Response(null, { status: 200 });
});
