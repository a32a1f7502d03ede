import { getAccount } from "@/lib/accounts/service";
import { currentWhence } from "@/lib/auth/caller";
import { assertFresh } from "@/lib/auth/re-authentication";
import { beginSecondFactor, removeSecondFactor } from "@/lib/auth/second-factor";
import { json, route } from "@/lib/http/route";

const rate = { limit: 30, windowMs: 3_600_000 };

export const POST = route({ auth: "session", rate }, async ({ principal }) => {
  await assertFresh(principal);
  const { userId } = principal;
  const account = await getAccount(userId);
  const label = account?.email ?? account?.name ?? "";
  return json({ setup: await beginSecondFactor({ userId, label }) });
});

export const DELETE = route({ auth: "session", rate }, async ({ principal }) => {
  await assertFresh(principal);
  await removeSecondFactor({ userId: principal.userId, from: await currentWhence() });
  return new Response(null, { status: 204 });
});
