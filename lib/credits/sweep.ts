import "server-only";
import { log } from "@/lib/log";
import { transaction } from "@/lib/transaction";
import { releaseReservation, reservationMs } from "./ledger";
import {
  expire,
  notifyCredits,
  prolongReservation,
  type ReservationRow,
  staleReservations,
  walletsWithExpired,
} from "./ledger-repo";

/** Wallets or reservations looked at in one go. */
const batch = 500;

/** Does one item's work; one that fails is logged and holds up no other. */
async function tryEach(what: string, id: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log("credits").error({ err: error, id }, `${what} failed`);
    return false;
  }
}

/**
 * Looks after reservations past their time: one whose work is still alive goes on, another is
 * given back. Answers how many were given back.
 * @param isAlive asks the job
 */
export async function reapReservations(
  isAlive: (reservation: ReservationRow) => Promise<boolean>,
  nowMs = Date.now(),
): Promise<number> {
  let given = 0;
  for (const reservation of await staleReservations(new Date(nowMs), batch)) {
    await tryEach("looking after a reservation", reservation.id, async () => {
      const alive = await isAlive(reservation);
      await transaction(async (tx) => {
        const later = new Date(nowMs + reservationMs);
        if (alive) await prolongReservation(tx, reservation.id, later);
        else await releaseReservation(tx, reservation, { ours: true, reason: "timeout", nowMs });
      });
      if (!alive) given += 1;
    });
  }
  return given;
}

/** Lets go of what has expired everywhere; answers how many credits that was. */
export async function expireLots(nowMs = Date.now()): Promise<number> {
  const at = new Date(nowMs);
  let credits = 0;
  for (;;) {
    const wallets = await walletsWithExpired(at, batch);
    let done = 0;
    for (const { walletId, ownerId } of wallets) {
      const expired = await tryEach("expiring credits", walletId, async () => {
        credits += await transaction((tx) => expire(tx, walletId, at));
      });
      if (expired) done += 1;
      await notifyCredits(ownerId).catch(() => undefined);
    }
    // A batch in which nothing worked would come again for ever.
    if (wallets.length < batch || done === 0) return credits;
  }
}
