import { randomBytes } from "node:crypto";
import type { Clock } from "@/lib/clock";
import { kstLocalTime, kstTime } from "../kst";
import { FaultQueue } from "./faults";
import { IdempotentAnswers } from "./idempotency";
import type { Journal } from "./journal";
import { expired, type Moved, move, type PaymentEvent, type WebhookKind } from "./machine";
import { newPayment, type PaymentRequest, type SandboxPayment } from "./payment";
import { paymentView } from "./view";
import { WebhookSender } from "./webhooks";

export interface SandboxOptions {
  clientKey: string;
  secretKey: string;
  /** Origins of the product: whoever pays is sent back there and nowhere else. */
  appOrigins: readonly string[];
  webhookUrl: string | undefined;
  journal: Journal;
  clock: Clock;
}

const kind = "payment";

/** The payments, their clock and what becomes of them; `api`, `window` and `control` are doors. */
export class Sandbox {
  readonly options: SandboxOptions;
  readonly faults = new FaultQueue();
  readonly answers: IdempotentAnswers;
  readonly webhooks: WebhookSender;
  /** Its own address, known once it listens. */
  origin = "";
  readonly #byWindow = new Map<string, string>();
  readonly #byOrder = new Map<string, string[]>();
  /** Keys of payments whose time can run out. */
  readonly #open = new Set<string>();

  constructor(options: SandboxOptions) {
    this.options = options;
    const { journal, webhookUrl } = options;
    this.answers = new IdempotentAnswers(journal, this.now());
    this.webhooks = new WebhookSender({ journal, url: webhookUrl, now: () => this.now() });
    for (const payment of this.payments()) this.#index(payment);
  }

  /** In ms since 1970, as far ahead of the clock as the control API has put it. */
  now(): number {
    return this.options.clock.now() + this.#aheadMs();
  }

  #aheadMs(): number {
    const known = this.options.journal.get("clock", "ahead");
    return typeof known === "number" ? known : 0;
  }

  advance(ms: number): void {
    this.options.journal.put("clock", "ahead", this.#aheadMs() + ms);
    this.tick();
  }

  /** What time alone brings: payments end, webhooks become due. */
  tick(): void {
    for (const paymentKey of this.#open) this.byKey(paymentKey);
    // Whether a delivery arrives is written into its own line.
    void this.webhooks.deliverDue();
  }

  payments(): SandboxPayment[] {
    return this.options.journal.entries(kind).map(([, value]) => value as SandboxPayment);
  }

  byKey(paymentKey: string): SandboxPayment | undefined {
    const payment = this.options.journal.get(kind, paymentKey) as SandboxPayment | undefined;
    return payment && this.#expire(payment);
  }

  byWindow(windowId: string): SandboxPayment | undefined {
    return this.byKey(this.#byWindow.get(windowId) ?? "");
  }

  byReceipt(receiptKey: string): SandboxPayment | undefined {
    return this.payments().find((payment) => payment.receiptKey === receiptKey);
  }

  /** Of several windows for one order, the payment that came through, else the newest. */
  byOrder(orderId: string): SandboxPayment | undefined {
    const all = (this.#byOrder.get(orderId) ?? []).flatMap((key) => this.byKey(key) ?? []);
    return all.find(isProcessed) ?? all.at(-1);
  }

  /** Opens a payment window, or one that is open since `nowMs`. */
  open(request: PaymentRequest, nowMs = this.now()): SandboxPayment {
    const random = () => randomBytes(12).toString("hex");
    const paymentKey = `sandbox${kstLocalTime(nowMs).replace(/\D/g, "")}${random()}`;
    const keys = { paymentKey, windowId: random(), receiptKey: random(), secret: `ps_${random()}` };
    const payment = newPayment(request, keys, nowMs);
    this.#save(payment);
    return payment;
  }

  /** Lets something happen to a payment; the payment and its webhooks are kept before it answers. */
  act(payment: SandboxPayment, event: PaymentEvent, nowMs = this.now()): Moved {
    if (event.type === "confirm") {
      const processed = this.byOrder(payment.orderId);
      // Two windows for one order: only one of them becomes a payment.
      if (processed && processed.paymentKey !== payment.paymentKey && isProcessed(processed)) {
        return { ok: false, code: "DUPLICATED_ORDER_ID" };
      }
    }
    const moved = move(payment, event, nowMs);
    this.settle(moved);
    return moved;
  }

  /** Keeps what a move changed, and tells the merchant. */
  settle(moved: Moved): void {
    if (moved.payment) this.#save(moved.payment);
    if (moved.ok) this.#announce(moved.payment, moved.webhooks);
    else if (moved.payment) this.#announce(moved.payment, ["status"]);
  }

  newTransactionKey(): string {
    return randomBytes(16).toString("hex").toUpperCase();
  }

  view(payment: SandboxPayment): Record<string, unknown> {
    return paymentView(payment, this.origin);
  }

  #expire(payment: SandboxPayment): SandboxPayment {
    const over = expired(payment, this.now());
    if (!over) return payment;
    this.#save(over);
    this.#announce(over, ["status"]);
    return over;
  }

  #announce(payment: SandboxPayment, kinds: WebhookKind[]): void {
    const createdAt = kstTime(this.now());
    for (const each of kinds) {
      const body =
        each === "status"
          ? { eventType: "PAYMENT_STATUS_CHANGED", createdAt, data: this.view(payment) }
          : {
              createdAt,
              secret: payment.secret,
              status: payment.status,
              transactionKey: payment.transactions.at(-1)?.transactionKey ?? "",
              orderId: payment.orderId,
            };
      this.webhooks.enqueue(payment.orderId, body);
    }
    if (kinds.length > 0) void this.webhooks.deliverDue();
  }

  #save(payment: SandboxPayment): void {
    const isNew = this.options.journal.get(kind, payment.paymentKey) === undefined;
    this.options.journal.put(kind, payment.paymentKey, payment);
    if (isNew) this.#index(payment);
    else if (!canExpire(payment)) this.#open.delete(payment.paymentKey);
  }

  #index(payment: SandboxPayment): void {
    const { windowId, orderId, paymentKey } = payment;
    if (canExpire(payment)) this.#open.add(paymentKey);
    this.#byWindow.set(windowId, paymentKey);
    this.#byOrder.set(orderId, [...(this.#byOrder.get(orderId) ?? []), paymentKey]);
  }
}

function canExpire({ status }: SandboxPayment): boolean {
  return status === "READY" || status === "IN_PROGRESS";
}

/** Confirmed once, whatever became of it since. */
export function isProcessed({ status }: SandboxPayment): boolean {
  return ["WAITING_FOR_DEPOSIT", "DONE", "PARTIAL_CANCELED", "CANCELED"].includes(status);
}
