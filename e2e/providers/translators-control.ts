import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { ChatFault, ChatRequest } from "./chat";
import type { DeeplFault, DeeplRequest } from "./deepl";

/** A fault that a journey orders. It is scoped: journeys side by side share the stand-ins. */
export interface FaultOrder {
  engine: "deepl" | "chat";
  /** As the product orders it: "es", "pt-BR"; "en" also stands for what the engine calls "EN-US". */
  target: string;
  /** Only requests whose words to translate have this in them. */
  onlyTextsWith?: string | undefined;
  /** So many requests; left out: all until it is taken back. */
  times?: number | undefined;
  fault: DeeplFault | ChatFault;
}

/** A translation that was asked for, as far as journeys look at it. */
export interface TranslatorRequest {
  engine: "deepl" | "chat";
  target: string;
  /** Words to translate, without tags. */
  texts: string[];
  formality: string | undefined;
  /** Terms that came with it: source and target. */
  terms: (readonly [string, string])[];
  /** What was answered; null while waiting and when the connection was dropped. */
  status: number | null;
}

const faultOrder = z.object({
  engine: z.enum(["deepl", "chat"]),
  target: z.string().min(2),
  onlyTextsWith: z.string().min(1).optional(),
  times: z.number().int().min(1).optional(),
  // Its other fields are the stand-ins' own affair.
  fault: z.object({ kind: z.string() }).loose(),
});

function isTarget(ordered: string, asked: string): boolean {
  const [a, b] = [ordered.toLowerCase(), asked.toLowerCase()];
  return a === b || b.startsWith(`${a}-`);
}

const tags = /<[^>]*>/g;

export const deeplTexts = (request: DeeplRequest): string[] =>
  request.texts.map((text) => text.replace(tags, ""));

export const chatTexts = (request: ChatRequest): string[] =>
  request.message.cues.map(({ text }) => text);

/** The faults that are ordered at the moment. */
export class FaultBook {
  #orders: { id: string; order: FaultOrder; left: number }[] = [];
  #made = 0;

  add(order: FaultOrder): string {
    this.#made += 1;
    const id = String(this.#made);
    this.#orders.push({ id, order, left: order.times ?? Number.POSITIVE_INFINITY });
    return id;
  }

  remove(id: string): boolean {
    const before = this.#orders.length;
    this.#orders = this.#orders.filter((each) => each.id !== id);
    return this.#orders.length < before;
  }

  /** The fault for a request, which counts as one of its times. */
  take(
    engine: FaultOrder["engine"],
    target: string,
    texts: string[],
  ): FaultOrder["fault"] | undefined {
    const found = this.#orders.find(
      ({ order, left }) =>
        left > 0 &&
        order.engine === engine &&
        isTarget(order.target, target) &&
        (order.onlyTextsWith === undefined ||
          texts.some((text) => text.includes(order.onlyTextsWith ?? ""))),
    );
    if (!found) return undefined;
    found.left -= 1;
    return found.order.fault;
  }
}

interface ControlOptions {
  faults: FaultBook;
  /** All translations so far, oldest first by engine. */
  requests: () => TranslatorRequest[];
}

/**
 * The address on loopback where journeys order faults and read what was sent: PUT /faults answers
 * an id, DELETE /faults/<id>, GET /requests.
 */
export async function startTranslatorsControl(options: ControlOptions): Promise<string> {
  async function handle(incoming: http.IncomingMessage): Promise<[number, unknown]> {
    const { pathname } = new URL(incoming.url ?? "/", "http://control");
    const call = `${incoming.method} ${pathname}`;
    if (call === "PUT /faults") {
      const order = faultOrder.parse(JSON.parse(await readText(incoming)));
      return [
        200,
        { id: options.faults.add({ ...order, fault: order.fault as FaultOrder["fault"] }) },
      ];
    }
    if (call.startsWith("DELETE /faults/")) {
      const removed = options.faults.remove(pathname.slice("/faults/".length));
      return [removed ? 200 : 404, {}];
    }
    if (call === "GET /requests") return [200, { requests: options.requests() }];
    return [404, {}];
  }

  const server = http.createServer((incoming, response) => {
    handle(incoming)
      .catch((error: unknown): [number, unknown] => [400, { message: String(error) }])
      .then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readText(incoming: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
