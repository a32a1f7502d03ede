import { createHash } from "node:crypto";
import type { Journal } from "./journal";
import { type ApiAnswer, refusal } from "./refusals";

/** Toss keeps an answer this long from the key's first use. */
const keptMs = 15 * 86_400_000;
const maxKeyLength = 300;
const kind = "answer";

interface StoredAnswer extends ApiAnswer {
  atMs: number;
}

export interface IdempotentCall {
  key: string;
  apiKey: string;
  method: string;
  url: string;
}

/**
 * Toss's idempotency: the first answer to a key, API key, method and address together is given to
 * every later one, refusals too and whatever the body; one that comes while the first is at work
 * gets a 409.
 */
export class IdempotentAnswers {
  readonly #journal: Journal;
  readonly #atWork = new Set<string>();

  constructor(journal: Journal, nowMs: number) {
    this.#journal = journal;
    for (const [id, value] of journal.entries(kind)) {
      if (nowMs - (value as StoredAnswer).atMs >= keptMs) journal.remove(kind, id);
    }
  }

  async answer(
    call: IdempotentCall,
    nowMs: number,
    work: () => Promise<ApiAnswer>,
  ): Promise<ApiAnswer> {
    if (call.key.length > maxKeyLength) return refusal("INVALID_IDEMPOTENCY_KEY");
    const scope = [call.key, call.apiKey, call.method, call.url].join("\n");
    const id = createHash("sha256").update(scope).digest("hex");
    const known = this.#journal.get(kind, id) as StoredAnswer | undefined;
    if (known && nowMs - known.atMs < keptMs) return { status: known.status, body: known.body };
    if (this.#atWork.has(id)) return refusal("IDEMPOTENT_REQUEST_PROCESSING");
    this.#atWork.add(id);
    try {
      const { status, body } = await work();
      this.#journal.put(kind, id, { status, body, atMs: nowMs });
      return { status, body };
    } finally {
      this.#atWork.delete(id);
    }
  }
}
