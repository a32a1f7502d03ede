import { currentCaller } from "@/lib/auth/caller";
import { json, route } from "@/lib/http/route";
import { outboxQuery, readOutbox } from "@/lib/mail/outbox";

/** For people and programs on this machine, where no mail server is set up; else not there. */
export const GET = route({ auth: "none", query: outboxQuery }, async ({ request, query }) => {
  const { local } = await currentCaller();
  const mails = await readOutbox({ local, headers: request.headers }, query);
  return json({ mails });
});
