import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { env } from "@/lib/env";

type Handlers = ReturnType<typeof serve>;

let handlers: Handlers | undefined;

/** Made at the first call: the SDK reads the environment then, which a build doesn't have. */
function hosted(): Handlers {
  handlers ??= serve({ client: inngest, functions });
  return handlers;
}

/** Without Inngest the functions run inside the worker, and nobody may call them from outside. */
function whenHosted(method: keyof Handlers): Handlers[typeof method] {
  return (...call) => {
    if (env().jobEngine === "local") return Promise.resolve(new Response(null, { status: 404 }));
    return hosted()[method](...call);
  };
}

export const GET = whenHosted("GET");
export const POST = whenHosted("POST");
export const PUT = whenHosted("PUT");
