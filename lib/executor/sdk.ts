import "server-only";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { z } from "zod";
import { type FunctionSpec, readFunctions } from "./functions";
import { type CallBody, type Reply, readReply } from "./protocol";

/** The functions, called through the SDK's own handler without a port in between. */
export interface FunctionHost {
  specs: FunctionSpec[];
  /**
   * Calls a function to learn what comes next (`step` empty) or to execute one step (its hash).
   * Never rejects: whatever goes wrong is a reply.
   */
  call(functionId: string, step: string, body: CallBody): Promise<Reply>;
}

/** Never resolved: the SDK only wants to take an address apart. */
const endpoint = "http://executor.localhost/api/inngest";

/** The SDK builds its own address from `host`, and throws without one. */
const headers = { host: "executor.localhost", "content-type": "application/json" };

const registrationSchema = z.object({ functions: z.array(z.record(z.string(), z.unknown())) });

/**
 * Learns the functions' configurations from the SDK.
 * @throws {UnsupportedFunctionError} when one asks for what the executor doesn't do.
 */
export async function openFunctions(
  client: Inngest.Any,
  functions: readonly InngestFunction.Any[],
): Promise<FunctionHost> {
  const handler = serve({ client, functions: [...functions] });
  const registration = await handler(
    new Request(endpoint, {
      method: "PUT",
      headers: { ...headers, "x-inngest-sync-kind": "in_band" },
      body: JSON.stringify({ url: endpoint }),
    }),
  );
  const answer = await registration.text();
  if (!registration.ok) throw new Error(`the SDK refused to register the functions: ${answer}`);
  const specs = readFunctions(registrationSchema.parse(JSON.parse(answer)).functions);

  return {
    specs,
    async call(functionId, step, body) {
      const url = new URL(endpoint);
      url.searchParams.set("fnId", functionId);
      url.searchParams.set("stepId", step || "step");
      const request = new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
      try {
        return await readReply(await handler(request), Date.now());
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const stored = { name: "Error", message };
        return { kind: "failed", error: stored, retryable: true, retryAfterMs: undefined };
      }
    },
  };
}
