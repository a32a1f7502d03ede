import { headers } from "next/headers";
import { connection } from "next/server";
import { Suspense } from "react";
import { OutboxHint } from "@/components/mail/outbox-hint";
import { currentCaller } from "@/lib/auth/caller";
import { isOutboxOpen, type OutboxCaller } from "@/lib/mail/outbox";

/** Who asks for the outbox. Waits for a request: a build has no environment to look at. */
export async function outboxCaller(): Promise<OutboxCaller> {
  await connection();
  const [{ local }, sent] = await Promise.all([currentCaller(), headers()]);
  return { local, headers: sent };
}

/** Beside "we sent you a mail": the way to the outbox, for whom it is open. */
export function OutboxLink() {
  return (
    <Suspense>
      <OpenOutbox />
    </Suspense>
  );
}

async function OpenOutbox() {
  return <OutboxHint active={isOutboxOpen(await outboxCaller())} />;
}
