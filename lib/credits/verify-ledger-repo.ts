import "server-only";
import { Prisma } from "@/lib/db";
import type { Invariant } from "./invariants";

const { sql } = Prisma;

/** Each answers rows of subject, expected and actual (text): what breaks the invariant. */
export const ledgerQueries = {
  balanced_transactions: sql`
    SELECT t.id::text AS subject, '0' AS expected, sum(e.amount)::text AS actual
    FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    GROUP BY t.id HAVING sum(e.amount) <> 0`,

  balanced_ledger: sql`
    SELECT 'ledger' AS subject, '0' AS expected, sum(amount)::text AS actual
    FROM ledger_entries HAVING sum(amount) <> 0`,

  wallet_balances: sql`
    SELECT coalesce(w.id, e.wallet_id)::text AS subject,
      format('posted %s, held %s', coalesce(e.posted, 0), coalesce(e.held, 0)) AS expected,
      format('posted %s, held %s', w.posted, w.held) AS actual
    FROM credit_wallets w FULL JOIN (
      SELECT wallet_id, sum(amount) AS posted,
        coalesce(sum(amount) FILTER (WHERE account = 'wallet_held'), 0) AS held
      FROM ledger_entries WHERE wallet_id IS NOT NULL GROUP BY wallet_id) e ON e.wallet_id = w.id
    WHERE (w.posted, w.held) IS DISTINCT FROM (coalesce(e.posted, 0), coalesce(e.held, 0))`,

  // By lot and wallet: so the lots of a wallet add up to the wallet too.
  lot_balances: sql`
    SELECT coalesce(l.id, e.lot_id)::text AS subject,
      coalesce('granted ' || coalesce(e.granted, 0) || ', remaining ' || e.remaining
        || ', held ' || e.held, 'no such lot in this wallet') AS expected,
      coalesce('granted ' || l.granted || ', remaining ' || l.remaining || ', held ' || l.held,
        'no such lot in this wallet') AS actual
    FROM credit_lots l FULL JOIN (
      SELECT e.lot_id, e.wallet_id, sum(e.amount) AS remaining,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'wallet_held'), 0) AS held,
        sum(e.amount) FILTER (
          WHERE t.kind IN ('topup', 'bonus', 'grant', 'claim') AND e.amount > 0) AS granted
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.lot_id IS NOT NULL GROUP BY e.lot_id, e.wallet_id) e
      ON e.lot_id = l.id AND e.wallet_id = l.wallet_id
    WHERE (l.granted, l.remaining, l.held) IS DISTINCT FROM (e.granted, e.remaining, e.held)`,

  nothing_negative: sql`
    SELECT subject, '0 or more' AS expected, least(a, b)::text AS actual FROM (
      SELECT 'wallet ' || id AS subject, held AS a, posted - held AS b FROM credit_wallets
      UNION ALL SELECT 'lot ' || id, held, remaining - held FROM credit_lots
      UNION ALL SELECT 'reservation ' || id, least(captured, released),
        amount - captured - released FROM credit_reservations
      UNION ALL SELECT 'entry ' || transaction_id || ' ' || line, available_after, held_after
        FROM ledger_entries WHERE wallet_id IS NOT NULL) AS each
    WHERE least(a, b) < 0`,

  // From the ledger's transactions: what the row, the lines and the lots must say.
  reservations: sql`
    WITH ledger AS (
      SELECT reservation_id AS id, sum(amount) FILTER (WHERE kind = 'reserve') AS amount,
        coalesce(sum(amount) FILTER (WHERE kind = 'capture'), 0) AS captured,
        coalesce(sum(amount) FILTER (WHERE kind = 'release'), 0) AS released
      FROM ledger_transactions WHERE reservation_id IS NOT NULL AND outcome = 'applied'
      GROUP BY reservation_id),
    lines AS (
      SELECT reservation_id AS id, sum(amount) AS amount,
        coalesce(sum(amount) FILTER (WHERE state = 'captured'), 0) AS captured,
        coalesce(sum(amount) FILTER (WHERE state = 'released'), 0) AS released
      FROM reservation_lines GROUP BY reservation_id),
    lots AS (
      SELECT reservation_id AS id, sum(amount) AS amount, sum(captured) AS captured,
        sum(released) AS released
      FROM reservation_lots GROUP BY reservation_id),
    told AS (
      SELECT 'reservation' AS place, id, amount::bigint, captured::bigint, released::bigint
        FROM credit_reservations
      UNION ALL SELECT 'lines', r.id, l.amount, l.captured, l.released
        FROM credit_reservations r LEFT JOIN lines l ON l.id = r.id
      UNION ALL SELECT 'lots', r.id, l.amount, l.captured, l.released
        FROM credit_reservations r LEFT JOIN lots l ON l.id = r.id)
    SELECT concat_ws(' ', told.place, coalesce(told.id, ledger.id)) AS subject,
      coalesce('held ' || ledger.amount || ', captured ' || ledger.captured
        || ', released ' || ledger.released, 'never held') AS expected,
      coalesce('held ' || told.amount || ', captured ' || told.captured
        || ', released ' || told.released, 'nothing') AS actual
    FROM told FULL JOIN ledger ON ledger.id = told.id
    WHERE (told.amount, told.captured, told.released)
      IS DISTINCT FROM (ledger.amount, ledger.captured, ledger.released)
    UNION ALL
    SELECT 'lot ' || l.id, 'held ' || coalesce(o.open, 0), 'held ' || l.held
    FROM credit_lots l LEFT JOIN (
      SELECT lot_id, sum(amount - captured - released) AS open FROM reservation_lots GROUP BY lot_id
    ) o ON o.lot_id = l.id
    WHERE l.held <> coalesce(o.open, 0)`,

  wallet_sequences: sql`
    WITH steps AS (
      SELECT wallet_id, wallet_seq AS seq, count(DISTINCT transaction_id) AS transactions,
        min(available_after) AS available, max(available_after) AS available2,
        min(held_after) AS held, max(held_after) AS held2,
        coalesce(sum(amount) FILTER (WHERE account = 'wallet_available'), 0) AS moved,
        coalesce(sum(amount) FILTER (WHERE account = 'wallet_held'), 0) AS moved_held
      FROM ledger_entries WHERE wallet_id IS NOT NULL GROUP BY wallet_id, wallet_seq),
    chain AS (
      SELECT *, lag(seq, 1, 0) OVER by_seq + 1 AS next,
        lag(available, 1, 0) OVER by_seq + moved AS available_now,
        lag(held, 1, 0) OVER by_seq + moved_held AS held_now
      FROM steps WINDOW by_seq AS (PARTITION BY wallet_id ORDER BY seq))
    SELECT wallet_id || ' ' || seq AS subject,
      format('number %s, available %s, held %s', next, available_now, held_now) AS expected,
      format('number %s, available %s, held %s', seq, available, held)
        || CASE WHEN transactions > 1 THEN format(', %s transactions', transactions) ELSE '' END
        AS actual
    FROM chain
    WHERE seq <> next OR transactions <> 1 OR available <> available2 OR held <> held2
      OR available <> available_now OR held <> held_now
    UNION ALL
    SELECT w.id::text, 'number ' || coalesce(max(s.seq), 0), 'number ' || w.seq
    FROM credit_wallets w LEFT JOIN steps s ON s.wallet_id = w.id
    GROUP BY w.id HAVING w.seq <> coalesce(max(s.seq), 0)`,

  answers: sql`
    WITH sums AS (
      SELECT t.id, count(*) AS lines,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'wallet_available'), 0) AS available,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'wallet_held'), 0) AS held,
        max(e.available_after) AS after
      FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
      WHERE e.wallet_id = t.wallet_id GROUP BY t.id),
    moved AS (
      SELECT t.*, s.after, coalesce(s.lines, 0) AS lines,
        CASE WHEN s.lines IS NULL THEN 0
          WHEN t.kind IN ('topup', 'bonus', 'grant', 'reversal', 'claim') AND s.held = 0
            THEN s.available
          WHEN t.kind IN ('expire', 'refund', 'clawback') AND s.held = 0 THEN -s.available
          WHEN t.kind = 'reserve' AND s.available = -s.held THEN s.held
          WHEN t.kind = 'release' AND s.available = -s.held THEN s.available
          WHEN t.kind = 'capture' AND s.available = 0 THEN -s.held END AS credits
      FROM ledger_transactions t LEFT JOIN sums s ON s.id = t.id)
    SELECT id::text AS subject,
      CASE outcome WHEN 'refused' THEN 'nothing moved'
        ELSE format('%s moved, %s available', amount, available_after) END AS expected,
      format('%s moved, %s available', coalesce(credits::text, 'something else'), after) AS actual
    FROM moved
    WHERE CASE outcome WHEN 'refused' THEN lines > 0
      ELSE credits IS DISTINCT FROM amount OR (lines > 0 AND after <> available_after) END`,
} satisfies Partial<Record<Invariant, Prisma.Sql>>;
