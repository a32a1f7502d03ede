import "server-only";
import { Inngest } from "inngest";
import { env } from "@/lib/env";
import { localFetch } from "@/lib/executor/local-fetch";
import { log } from "@/lib/log";

const local = () => env().jobEngine === "local";

/**
 * The one client of all functions. Everything that depends on the environment is asked for when
 * it is needed, because the client is made at import, also in a build that has no secrets. Keys
 * and address of Inngest the SDK reads from the variables that lib/env.ts has checked.
 */
export const inngest = new Inngest({
  id: "ax2-caption",
  get isDev() {
    return local();
  },
  fetch: (input, init) => (local() ? localFetch(input, init) : fetch(input, init)),
  logger: {
    info: (...line) => write("info", line),
    warn: (...line) => write("warn", line),
    error: (...line) => write("error", line),
    debug: (...line) => write("debug", line),
  },
});

/** The SDK speaks as pino does (fields, then text), or with text alone. */
function write(level: "info" | "warn" | "error" | "debug", [first, ...rest]: unknown[]): void {
  const fields = typeof first === "object" && first !== null ? first : {};
  const text = [typeof first === "string" ? first : undefined, ...rest].filter(Boolean).join(" ");
  log("inngest")[level](fields, text);
}
