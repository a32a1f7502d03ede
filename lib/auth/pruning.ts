import "server-only";
import { deleteEndedSessions } from "./repo";

/** How long a sign-in that has ended is kept for the person to see, in ms. */
const endedKeptMs = 30 * 24 * 3_600_000;

export function pruneSessions(nowMs = Date.now()): Promise<number> {
  return deleteEndedSessions(new Date(nowMs - endedKeptMs));
}
