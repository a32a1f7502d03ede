import "server-only";
import { Prisma } from "@/lib/db";
import type { Invariant } from "./invariants";
import {
  priceRuleVersion,
  retentionPrices,
  transcriptionPerMinute,
  translationPerMinute,
} from "./price";

const { sql } = Prisma;

/** Past these times the sweeps should have been there. */
export interface Deadlines {
  /** Reservations that were good until then. */
  reaped: Date;
  /** Lots that expired before then. */
  expired: Date;
}

/** Orders that have brought money in. */
const paidStates = sql`('paid', 'partially_refunded', 'refunded')`;

/** Like `ledgerQueries`: what breaks an invariant between the ledger and what it is for. */
export function orderQueries({ reaped, expired }: Deadlines) {
  return {
    prices: sql`
      SELECT l.reservation_id || ' ' || l.component AS subject,
        coalesce(l.due::text, 'a known rule, not ' || l.rule_version) AS expected,
        l.amount::text AS actual
      FROM (
        SELECT l.*, r.rule_version,
          CASE WHEN r.rule_version <> ${priceRuleVersion} THEN NULL
            WHEN l.component = 'transcribe'
              THEN greatest(1, ceil(l.units * ${transcriptionPerMinute}::numeric / 60000))
            WHEN l.component LIKE 'translate:%'
              THEN greatest(1, ceil(l.units * ${translationPerMinute}::numeric / 60000))
            WHEN l.component = 'retention:' || l.units
              THEN (${JSON.stringify(retentionPrices)}::jsonb->>l.units::text)::numeric
          END AS due
        FROM reservation_lines l JOIN credit_reservations r ON r.id = l.reservation_id
        WHERE l.state = 'captured') AS l
      WHERE l.due IS DISTINCT FROM l.amount
      UNION ALL
      SELECT r.purpose || ' ' || r.subject_id || ' ' || l.component, 'captured once',
        'captured ' || count(*) || ' times'
      FROM reservation_lines l JOIN credit_reservations r ON r.id = l.reservation_id
      WHERE l.state = 'captured' AND r.purpose = 'job'
      GROUP BY r.purpose, r.subject_id, l.component HAVING count(*) > 1
      UNION ALL
      SELECT 'job ' || j.id, j.status || ', nothing held',
        format('%s held', sum(r.amount - r.captured - r.released))
      FROM jobs j JOIN credit_reservations r ON r.purpose = 'job' AND r.subject_id = j.id
      WHERE j.status IN ('completed', 'failed', 'cancelled') AND r.state = 'held'
      GROUP BY j.id`,

    order_grants: sql`
      WITH given AS (
        SELECT order_id, kind, sum(amount) AS amount, count(*) AS times
        FROM ledger_transactions
        WHERE kind IN ('topup', 'bonus') AND outcome = 'applied' GROUP BY order_id, kind),
      due AS (
        SELECT order_id, 'topup'::ledger_kind AS kind, credits AS amount FROM top_up_orders
        WHERE state IN ${paidStates}
        UNION ALL SELECT order_id, 'bonus', bonus_credits FROM top_up_orders
        WHERE state IN ${paidStates} AND bonus_credits > 0
        -- Paid once and looked into now: what it gave is still its own.
        UNION ALL SELECT o.order_id, g.kind,
          CASE g.kind WHEN 'topup' THEN o.credits ELSE o.bonus_credits END
        FROM top_up_orders o JOIN given g ON g.order_id = o.order_id
        WHERE o.state = 'held_for_review')
      SELECT coalesce(due.order_id, given.order_id, 'no order') AS subject,
        coalesce(due.kind || ' of ' || due.amount,
          format('no %s, as no such order is paid', given.kind)) AS expected,
        coalesce(given.kind || ' of ' || given.amount
          || CASE WHEN given.times > 1 THEN format(', %s times', given.times) ELSE '' END,
          'no ' || due.kind) AS actual
      FROM due FULL JOIN given ON given.order_id = due.order_id AND given.kind = due.kind
      WHERE (given.times, given.amount) IS DISTINCT FROM (1::bigint, due.amount::bigint)`,

    order_balances: sql`
      SELECT order_id AS subject, format('%s KRW left', due) AS expected,
        format('%s KRW left', balance_krw)
          || CASE WHEN balance_krw = due THEN format(', the provider says %s', told) ELSE '' END
          AS actual
      FROM (
        SELECT o.order_id, o.balance_krw, o.amount_krw - coalesce(r.done, 0) AS due,
          -- While a refund is on its way the provider may be ahead of us.
          CASE WHEN coalesce(r.open, 0) = 0 THEN (o.provider->>'balanceAmount')::int END AS told
        FROM top_up_orders o LEFT JOIN (
          SELECT order_id, sum(amount_krw) FILTER (WHERE state = 'done') AS done,
            count(*) FILTER (WHERE state IN ('requested', 'unknown')) AS open
          FROM refunds GROUP BY order_id) r ON r.order_id = o.order_id
        WHERE o.state IN ${paidStates}) AS orders
      WHERE balance_krw <> due OR told <> due`,

    order_credits: sql`
      WITH moved AS (
        SELECT l.order_id,
          -coalesce(sum(e.amount) FILTER (WHERE t.kind IN ('capture', 'expire')), 0) AS used,
          -coalesce(sum(e.amount) FILTER (
            WHERE t.kind IN ('refund', 'clawback', 'reversal')), 0) AS returned
        FROM credit_lots l JOIN ledger_entries e ON e.lot_id = l.id
        JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE l.order_id IS NOT NULL GROUP BY l.order_id),
      left_over AS (
        SELECT order_id, sum(remaining) AS remaining FROM credit_lots
        WHERE order_id IS NOT NULL GROUP BY order_id),
      refunded AS (
        SELECT order_id, sum(paid_credits + bonus_credits) AS credits FROM refunds
        WHERE state <> 'rejected' GROUP BY order_id)
      SELECT o.order_id AS subject,
        format('%s given, %s of them refunded', o.credits + o.bonus_credits,
          coalesce(r.credits, 0)) AS expected,
        format('%s refunded, %s used, %s left', m.returned, m.used, l.remaining) AS actual
      FROM top_up_orders o JOIN moved m ON m.order_id = o.order_id
      JOIN left_over l ON l.order_id = o.order_id
      LEFT JOIN refunded r ON r.order_id = o.order_id
      WHERE m.returned <> coalesce(r.credits, 0)
        OR o.credits + o.bonus_credits <> m.returned + m.used + l.remaining`,

    promotion_caps: sql`
      SELECT p.id::text AS subject,
        format('%s used', coalesce(r.uses, 0))
          || CASE WHEN r.uses > p.max_uses THEN format(', at most %s', p.max_uses) ELSE '' END
          AS expected,
        format('%s used', p.uses) AS actual
      FROM promotions p LEFT JOIN (
        SELECT promotion_id, count(*) AS uses FROM promotion_redemptions
        WHERE state IN ('reserved', 'used') GROUP BY promotion_id) r ON r.promotion_id = p.id
      WHERE p.uses <> coalesce(r.uses, 0) OR r.uses > p.max_uses`,

    reservations_alive: sql`
      SELECT r.id::text AS subject, 'a live job or nothing held' AS expected,
        format('%s held since %s for %s %s', r.amount - r.captured - r.released,
          to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'),
          r.purpose, r.subject_id) AS actual
      FROM credit_reservations r
      WHERE r.state = 'held' AND r.expires_at < ${reaped}::timestamptz AND NOT EXISTS (
        SELECT 1 FROM jobs j WHERE r.purpose = 'job' AND j.id = r.subject_id
          AND j.attempt = r.attempt AND j.status IN ('pending', 'processing'))`,

    expiries: sql`
      SELECT id::text AS subject, '0 left' AS expected,
        format('%s left, expired %s', remaining - held,
          to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')) AS actual
      FROM credit_lots
      WHERE remaining > held AND expires_at < ${expired}::timestamptz`,
  } satisfies Partial<Record<Invariant, Prisma.Sql>>;
}
