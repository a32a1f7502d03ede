import { currentCaller, currentWhence } from "@/lib/auth/caller";
import { assertFresh } from "@/lib/auth/re-authentication";
import { endOtherSessions, listSessions } from "@/lib/auth/sessions";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "session" }, async ({ principal }) => {
  const { networkLabel } = await currentCaller();
  const { userId, sessionId: currentId } = principal;
  return json({ sessions: await listSessions({ userId, currentId, networkLabel }) });
});

/** Ends all but the one that asks. */
export const DELETE = route({ auth: "session" }, async ({ principal }) => {
  await assertFresh(principal);
  await endOtherSessions(principal, await currentWhence());
  return new Response(null, { status: 204 });
});
