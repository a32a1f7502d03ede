import { z } from "zod";
import { faultSchema } from "./faults";
import type { PaymentEvent } from "./machine";
import { sandboxMethods } from "./payment";
import type { ApiAnswer } from "./refusals";
import type { Sandbox } from "./sandbox";
import { behaviourSchema } from "./webhooks";

/**
 * The control API for tests and development, under `/sandbox` with the secret key:
 *
 * | call | does |
 * |---|---|
 * | `GET clock`, `POST clock {advanceMs}` | tells, or puts forward, the sandbox's time |
 * | `POST faults`, `DELETE faults?orderId=` | queues a fault for the next calls, forgets them |
 * | `GET payments?orderId=` | payments as Toss would tell them |
 * | `POST payments {orderId, ...}` | a payment as if somebody had paid in the window |
 * | `POST payments/KEY/deposit`, `.../revert-deposit` | money into, or out of, a virtual account |
 * | `POST payments/KEY/cancel {reason, amountKrw?}` | cancelled in the developer centre |
 * | `GET webhooks`, `POST webhooks/behaviour`, `POST webhooks/release` | `webhooks.ts` |
 */
export async function control(
  sandbox: Sandbox,
  call: { method: string; path: string; query: URLSearchParams; body: unknown },
): Promise<ApiAnswer> {
  const { method, path, query, body } = call;
  const [room = "", key = "", action = ""] = path.split("/").filter(Boolean);
  switch (`${method} ${room}`) {
    case "GET clock":
      return done({ nowMs: sandbox.now() });
    case "POST clock":
      return withBody(z.object({ advanceMs: z.int().min(0) }), body, ({ advanceMs }) => {
        sandbox.advance(advanceMs);
        return done({ nowMs: sandbox.now() });
      });
    case "POST faults":
      return withBody(faultSchema, body, (fault) => {
        sandbox.faults.add(fault);
        return done({});
      });
    case "DELETE faults":
      sandbox.faults.clear(query.get("orderId") ?? undefined);
      return done({});
    case "GET payments":
      return done({ payments: payments(sandbox, query.get("orderId")) });
    case "POST payments":
      return key ? change(sandbox, { key, action, body }) : pay(sandbox, body);
    case "GET webhooks":
      return done({ webhooks: webhooks(sandbox, query.get("orderId")) });
    case "POST webhooks":
      return webhookControl(sandbox, key, body);
    default:
      return notFound;
  }
}

const notFound: ApiAnswer = { status: 404, body: { code: "NOT_FOUND", message: "no such call" } };

function done(body: unknown): ApiAnswer {
  return { status: 200, body };
}

function withBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
  work: (value: T) => ApiAnswer | Promise<ApiAnswer>,
): ApiAnswer | Promise<ApiAnswer> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return work(parsed.data);
  const message = parsed.error.issues
    .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
    .join("; ");
  return { status: 400, body: { code: "INVALID_REQUEST", message } };
}

function payments(sandbox: Sandbox, orderId: string | null) {
  return sandbox
    .payments()
    .filter((payment) => orderId === null || payment.orderId === orderId)
    .map((payment) => sandbox.view(sandbox.byKey(payment.paymentKey) ?? payment));
}

function webhooks(sandbox: Sandbox, orderId: string | null) {
  return sandbox.webhooks
    .list()
    .filter((webhook) => orderId === null || webhook.orderId === orderId);
}

const paySchema = z.object({
  orderId: z.string().min(6).max(64),
  amountKrw: z.int().min(1),
  orderName: z.string().default("sandbox"),
  customerKey: z.string().default("sandbox-customer"),
  method: z.enum(sandboxMethods).default("CARD"),
  cashReceipt: z.enum(["소득공제", "지출증빙", "미발행"]).default("미발행"),
  /** false: the window stays open. */
  authenticate: z.boolean().default(true),
  /** Code that the card company refuses the confirmation with. */
  refuseAtConfirm: z.string().nullable().default(null),
  /** All of this happened so long ago. */
  agoMs: z.int().min(0).default(0),
});

function pay(sandbox: Sandbox, body: unknown) {
  return withBody(paySchema, body, ({ authenticate, refuseAtConfirm, agoMs, ...request }) => {
    const [app = sandbox.origin] = sandbox.options.appOrigins;
    const atMs = sandbox.now() - agoMs;
    const payment = sandbox.open({ ...request, successUrl: `${app}/`, failUrl: `${app}/` }, atMs);
    if (!authenticate) return done(sandbox.view(payment));
    const event: PaymentEvent = { type: "authenticate", easyPay: false, refuseAtConfirm };
    const moved = sandbox.act(payment, event, atMs);
    return done(sandbox.view(moved.payment ?? payment));
  });
}

const cancelSchema = z.object({
  reason: z.string().min(1).max(200).default("developer centre"),
  amountKrw: z.int().min(1).optional(),
});

function change(
  sandbox: Sandbox,
  { key, action, body }: { key: string; action: string; body: unknown },
) {
  const payment = sandbox.byKey(key);
  if (!payment) return notFound;
  const transactionKey = sandbox.newTransactionKey();
  const act = (event: PaymentEvent) => {
    const moved = sandbox.act(payment, event);
    return moved.ok
      ? done(sandbox.view(moved.payment))
      : { status: 409, body: { code: moved.code, message: payment.status } };
  };
  if (action === "deposit") return act({ type: "deposit", transactionKey });
  if (action === "revert-deposit") return act({ type: "revert_deposit", transactionKey });
  if (action !== "cancel") return notFound;
  return withBody(cancelSchema, body, (values) =>
    act({ type: "cancel", ...values, hasRefundAccount: true, transactionKey }),
  );
}

const releaseSchema = z.object({
  orderId: z.string().optional(),
  /** The newest first. */
  reverse: z.boolean().default(false),
});

function webhookControl(sandbox: Sandbox, action: string, body: unknown) {
  if (action === "behaviour") {
    return withBody(behaviourSchema, body, (behaviour) => {
      sandbox.webhooks.behave(behaviour);
      return done({});
    });
  }
  if (action !== "release") return notFound;
  return withBody(releaseSchema, body, async (options) => {
    await sandbox.webhooks.release(options);
    return done({});
  });
}
