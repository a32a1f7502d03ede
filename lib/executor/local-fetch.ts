import "server-only";
import { z } from "zod";
import { newId } from "@/lib/ids";
import { callScope } from "./step-signal";

const payloadSchema = z.array(
  z.object({ id: z.string().min(1).optional(), name: z.string().min(1), data: z.unknown() }),
);

/**
 * Stands where the SDK would speak to Inngest's servers, so that nothing leaves the process.
 * Events sent by a function join the result of the call that sends them (`step.sendEvent`,
 * `inngest.send`): both are stored or neither. Elsewhere sending is refused, because an event
 * belongs to a transaction: publish it through the outbox or `recordEvents`.
 */
export const localFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { pathname } = new URL(request.url);
  const scope = callScope();
  if (request.method !== "POST" || !pathname.startsWith("/e/")) {
    return answer(501, { error: `the local executor doesn't answer ${pathname}` });
  }
  if (!scope) {
    return answer(501, { error: "outside a function events go through the outbox" });
  }
  const body: unknown = await request.json();
  const payload = payloadSchema.safeParse(Array.isArray(body) ? body : [body]);
  if (!payload.success) return answer(400, { error: payload.error.message });
  const events = payload.data.map(({ id, name, data }) => ({ id: id ?? newId(), name, data }));
  scope.sent.push(...events);
  return answer(200, { ids: events.map((event) => event.id), status: 200 });
};

function answer(status: number, body: Record<string, unknown>): Response {
  return Response.json({ ids: [], ...body, status }, { status });
}
