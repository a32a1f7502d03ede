import "server-only";
import pino, { type Logger } from "pino";
import { env } from "./env";

export type { Logger } from "pino";

let root: Logger | undefined;

/** The process's logger: JSON lines on stdout. Secrets never reach a line. */
export function log(room?: string): Logger {
  root ??= pino({
    level: env().LOG_LEVEL ?? "info",
    base: null,
    redact: ["password", "token", "authorization", "cookie", "*.password", "*.token"],
  });
  return room ? root.child({ room }) : root;
}
