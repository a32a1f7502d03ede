import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Journal } from "./journal";

const minuteMs = 60_000;
/** Waits after each failed delivery; then Toss gives up and writes a mail. */
export const retryAfterMs = [1, 4, 16, 64, 256, 1024, 4096].map((minutes) => minutes * minuteMs);
/** Toss is said to wait this long for an answer. */
const answerTimeoutMs = 10_000;
const kind = "webhook";

export interface Webhook {
  /** The transmission id: the same at every delivery. */
  id: string;
  orderId: string;
  body: unknown;
  /** held: until it is released; failed: after the last try; dropped: never sent. */
  state: "due" | "held" | "delivered" | "failed" | "dropped";
  attempts: number;
  nextAtMs: number;
  /** How often each delivery is made. */
  copies: number;
}

export const behaviourSchema = z.object({
  /** Left out: every order that has no behaviour of its own. */
  orderId: z.string().optional(),
  hold: z.boolean().default(false),
  drop: z.boolean().default(false),
  copies: z.int().min(1).max(10).default(1),
  delayMs: z.int().min(0).default(0),
});

export type Behaviour = z.output<typeof behaviourSchema>;
export type BehaviourInput = z.input<typeof behaviourSchema>;

const usual: Behaviour = { hold: false, drop: false, copies: 1, delayMs: 0 };

export interface WebhookSenderOptions {
  journal: Journal;
  /** Where they go; undefined: nowhere. */
  url: string | undefined;
  now(): number;
}

/** Sends webhooks as Toss does: unsigned, at least once, in no promised order. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #underWay = new Set<string>();
  /** Ids of those that are due now or later. */
  readonly #due = new Set<string>();

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    for (const { id, state } of this.list()) {
      if (state === "due") this.#due.add(id);
      // What is over was of use to look at, and isn't after a restart.
      else if (state !== "held") options.journal.remove(kind, id);
    }
  }

  list(): Webhook[] {
    return this.#options.journal.entries(kind).map(([, value]) => value as Webhook);
  }

  behave(behaviour: Behaviour): void {
    this.#behaviours.set(behaviour.orderId ?? "", behaviour);
  }

  enqueue(orderId: string, body: unknown): void {
    const { url, now } = this.#options;
    const behaviour = this.#behaviours.get(orderId) ?? this.#behaviours.get("") ?? usual;
    const { hold, drop, copies, delayMs } = behaviour;
    this.#save({
      id: randomUUID(),
      orderId,
      body,
      state: drop || url === undefined ? "dropped" : hold ? "held" : "due",
      attempts: 0,
      nextAtMs: now() + delayMs,
      copies,
    });
  }

  /** Sends what is due, each on its own: the order in which they arrive is nobody's. */
  async deliverDue(): Promise<void> {
    const { journal, now } = this.#options;
    const nowMs = now();
    const due = [...this.#due]
      .map((id) => journal.get(kind, id) as Webhook)
      .filter(({ nextAtMs }) => nextAtMs <= nowMs);
    await Promise.all(due.map((webhook) => this.#deliver(webhook)));
  }

  /** Sends the held ones, one after the other. */
  async release(options: { orderId?: string | undefined; reverse?: boolean }): Promise<void> {
    const { orderId, reverse = false } = options;
    const held = this.list().filter(
      (webhook) =>
        webhook.state === "held" && (orderId === undefined || webhook.orderId === orderId),
    );
    for (const webhook of reverse ? held.reverse() : held) await this.#deliver(webhook);
  }

  async #deliver(webhook: Webhook): Promise<void> {
    if (this.#underWay.has(webhook.id)) return;
    this.#underWay.add(webhook.id);
    try {
      let accepted = true;
      for (let copy = 0; copy < webhook.copies; copy += 1) {
        accepted = (await this.#post(webhook)) && accepted;
      }
      this.#save(accepted ? { ...webhook, state: "delivered" } : this.#again(webhook));
    } finally {
      this.#underWay.delete(webhook.id);
    }
  }

  #again(webhook: Webhook): Webhook {
    const waitMs = retryAfterMs[webhook.attempts];
    const attempts = webhook.attempts + 1;
    return waitMs === undefined
      ? { ...webhook, attempts, state: "failed" }
      : { ...webhook, attempts, state: "due", nextAtMs: this.#options.now() + waitMs };
  }

  async #post({ id, attempts, body }: Webhook): Promise<boolean> {
    const { url, now } = this.#options;
    if (url === undefined) return false;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "tosspayments-webhook-transmission-time": new Date(now()).toISOString(),
          "tosspayments-webhook-transmission-retried-count": String(attempts),
          "tosspayments-webhook-transmission-id": id,
        },
        body: JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      await response.body?.cancel();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  #save(webhook: Webhook): void {
    if (webhook.state === "due") this.#due.add(webhook.id);
    else this.#due.delete(webhook.id);
    this.#options.journal.put(kind, webhook.id, webhook);
  }
}
