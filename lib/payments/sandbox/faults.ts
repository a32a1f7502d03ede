import { z } from "zod";

export const endpoints = ["confirm", "cancel", "get", "transactions"] as const;
export type Endpoint = (typeof endpoints)[number];

export const faultSchema = z.object({
  endpoint: z.enum(endpoints),
  /**
   * `..._before`: nothing happened; `..._after`: it happened, and the answer is lost. `timeout`
   * leaves the connection open, `reset` cuts it, `error` is a 500 from in front of Toss, `garbage`
   * a 200 that isn't JSON. `code` is Toss's own refusal, `slow` its answer after `delayMs`.
   */
  kind: z.enum([
    "timeout_before",
    "timeout_after",
    "reset_before",
    "reset_after",
    "error_before",
    "error_after",
    "garbage_after",
    "code",
    "slow",
  ]),
  /** How many calls it meets. */
  times: z.int().min(1).default(1),
  code: z.string().min(1).default("COMMON_ERROR"),
  delayMs: z.int().min(0).max(120_000).default(1_000),
  /** Left out: calls about any order. */
  orderId: z.string().optional(),
});

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

/** Faults that wait for their calls, first in, first out. */
export class FaultQueue {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  /** @param orderId left out: those about all orders */
  clear(orderId?: string): void {
    this.#faults = this.#faults.filter((each) => orderId !== undefined && each.orderId !== orderId);
  }

  /** The fault that this call meets, used up by it. */
  take(endpoint: Endpoint, orderId: string | undefined): Fault | undefined {
    const fault = this.#faults.find(
      (each) =>
        each.endpoint === endpoint && (each.orderId === undefined || each.orderId === orderId),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#faults = this.#faults.filter((each) => each !== fault);
    return fault;
  }
}
