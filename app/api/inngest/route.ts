import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { env } from "@/lib/env";

const handlers = serve({ client: inngest, functions });

/** Without Inngest the functions run inside the worker, and nobody may call them from outside. */
function whenHosted(method: keyof typeof handlers): (typeof handlers)[typeof method] {
  return (...call) => {
    if (env().jobEngine === "local") return Promise.resolve(new Response(null, { status: 404 }));
    return handlers[method](...call);
  };
}

export const GET = whenHosted("GET");
export const POST = whenHosted("POST");
export const PUT = whenHosted("PUT");
