type Row = Record<string, string | number | boolean | null>;

/** A row that the database must not take. */
export interface Breach {
  constraint: string;
  table: string;
  /** Over a fresh row of the table. */
  change?: Row;
  /** Columns that stay as they are in the row it is a copy of. */
  same?: string[];
  /** SQL: which row it is a copy of; left out: the first. */
  of?: string;
}

/** Nobody's. */
const nobody = "00000000-0000-4000-8000-00000000dead";
/** An id that isn't taken. */
const id = "00000000-0000-4000-8000-000000000001";
/** An account without anything. */
export const spareUser = "00000000-0000-4000-8000-000000000003";

/** What makes a copy of a row another row, by table. */
export const fresh: Record<string, Row> = {
  credit_wallets: { id, owner_id: spareUser },
  credit_lots: { id },
  ledger_transactions: { id, idempotency_key: "fresh", order_id: "fresh-order" },
  ledger_entries: { line: 99, wallet_seq: 99 },
  credit_reservations: { id, subject_id: id },
  reservation_lines: { component: "translate:xx" },
  reservation_lots: { lot_id: id },
  ledger_checks: { id },
  notices: { id, dedupe_key: "fresh" },
  credit_packages: { id: "fresh" },
  promotions: { id, code: "FRESH" },
  promotion_redemptions: { id, user_id: spareUser },
  top_up_orders: {
    order_id: "fresh-order",
    request_key: "fresh",
    confirm_key: "fresh",
    payment_key: "fresh",
  },
  refunds: { id, request_key: "fresh", cancel_key: "fresh", transaction_key: "fresh" },
  provider_events: { id, transmission_id: "fresh" },
  reconciliation_runs: { id },
  money_findings: { id, subject: "fresh" },
  trial_devices: { id: "fresh", user_id: spareUser },
  trial_allowances: { hash: "fresh" },
};

/** One constraint of a table and all the ways to break it. */
function each(table: string, constraint: string, ...changes: Row[]): Breach[] {
  return changes.map((change) => ({ constraint, table, change }));
}

const ledger: Breach[] = [
  { constraint: "credit_wallets_pkey", table: "credit_wallets", same: ["id"] },
  { constraint: "credit_wallets_owner_id_key", table: "credit_wallets", same: ["owner_id"] },
  ...each("credit_wallets", "credit_wallets_owner_id_fkey", { owner_id: nobody }),
  ...each("credit_wallets", "credit_wallets_amounts", { held: -1 }, { posted: 9, held: 10 }),
  { constraint: "credit_lots_pkey", table: "credit_lots", same: ["id"] },
  ...each("credit_lots", "credit_lots_wallet_id_fkey", { wallet_id: nobody }),
  ...each(
    "credit_lots",
    "credit_lots_amounts",
    { granted: 0, remaining: 0, held: 0 },
    { held: -1 },
    { remaining: 9, held: 10 },
    { granted: 9, remaining: 10, held: 0 },
  ),
  { constraint: "ledger_transactions_pkey", table: "ledger_transactions", same: ["id"] },
  {
    constraint: "ledger_transactions_idempotency_key_key",
    table: "ledger_transactions",
    same: ["idempotency_key"],
  },
  ...each("ledger_transactions", "ledger_transactions_amount", { amount: -1 }),
  ...each(
    "ledger_transactions",
    "ledger_transactions_refusal",
    { outcome: "refused" },
    { refusal: "credits_insufficient" },
  ),
  { constraint: "ledger_transactions_topup_key", table: "ledger_transactions", same: ["order_id"] },
  ...["capture", "reserve", "refund", "reversal"].map((kind) => ({
    constraint: `ledger_transactions_${kind}_key`,
    table: "ledger_transactions",
    of: `kind = '${kind}'`,
  })),
  { constraint: "ledger_entries_pkey", table: "ledger_entries", same: ["line"] },
  {
    constraint: "ledger_entries_wallet_id_wallet_seq_line_key",
    table: "ledger_entries",
    change: { transaction_id: id },
    same: ["wallet_seq", "line"],
  },
  ...each("ledger_entries", "ledger_entries_transaction_id_fkey", { transaction_id: nobody }),
  ...each("ledger_entries", "ledger_entries_amount", { amount: 0 }),
  ...each(
    "ledger_entries",
    "ledger_entries_owner",
    { account: "sys_promo" },
    { wallet_id: null },
    { lot_id: null },
    { wallet_seq: null },
    { available_after: null },
    { held_after: null },
  ),
  ...each("ledger_entries", "ledger_entries_after", { available_after: -1 }, { held_after: -1 }),
  // Nothing in the other direction comes with it.
  { constraint: "ledger_entries_balance", table: "ledger_entries" },
  { constraint: "ledger_checks_pkey", table: "ledger_checks", same: ["id"] },
];

/** The first one holds 15, of which 10 are captured. */
const reservations: Breach[] = [
  { constraint: "credit_reservations_pkey", table: "credit_reservations", same: ["id"] },
  {
    constraint: "credit_reservations_purpose_subject_id_attempt_key",
    table: "credit_reservations",
    same: ["subject_id"],
  },
  ...each("credit_reservations", "credit_reservations_wallet_id_fkey", { wallet_id: nobody }),
  ...each(
    "credit_reservations",
    "credit_reservations_amounts",
    { amount: 0, captured: 0 },
    { captured: -1 },
    { released: -1 },
    { released: 6 },
  ),
  ...each(
    "credit_reservations",
    "credit_reservations_state",
    { captured: 15 },
    { ended_at: "2026-01-01" },
    { state: "captured", ended_at: "2026-01-01" },
    { state: "captured", captured: 15 },
    { state: "released", ended_at: "2026-01-01" },
    { state: "released", captured: 0, released: 15 },
    { state: "partially_captured", ended_at: "2026-01-01" },
    { state: "partially_captured", released: 5 },
    { state: "partially_captured", captured: 15, ended_at: "2026-01-01" },
  ),
  { constraint: "reservation_lines_pkey", table: "reservation_lines", same: ["component"] },
  ...each("reservation_lines", "reservation_lines_reservation_id_fkey", { reservation_id: nobody }),
  ...each("reservation_lines", "reservation_lines_amounts", { amount: 0 }, { units: 0 }),
  ...[{ state: "held" }, { ended_at: null }].map((change) => ({
    constraint: "reservation_lines_state",
    table: "reservation_lines",
    change,
    of: "state = 'captured'",
  })),
  { constraint: "reservation_lots_pkey", table: "reservation_lots", same: ["lot_id"] },
  ...each("reservation_lots", "reservation_lots_reservation_id_fkey", { reservation_id: nobody }),
  ...each(
    "reservation_lots",
    "reservation_lots_amounts",
    { amount: 0, captured: 0 },
    { captured: -1 },
    { released: -1 },
    { released: 6 },
  ),
];

const paid: Row = {
  state: "paid",
  payment_key: "fresh",
  approved_at: "2026-01-01",
  balance_krw: 1_100,
};

/** The first order costs 1,100 KRW. */
const payments: Breach[] = [
  { constraint: "credit_packages_pkey", table: "credit_packages", same: ["id"] },
  ...each(
    "credit_packages",
    "credit_packages_amounts",
    { credits: 0 },
    { bonus_credits: -1 },
    { price_krw: 199 },
  ),
  { constraint: "promotions_pkey", table: "promotions", same: ["id"] },
  { constraint: "promotions_code_key", table: "promotions", same: ["code"] },
  ...each("promotions", "promotions_code", { code: "fresh" }),
  ...each("promotions", "promotions_uses", { uses: -1 }, { uses: 4 }),
  ...each("promotions", "promotions_value", { value: 0 }, { value: 100 }, { min_krw: -1 }),
  { constraint: "promotion_redemptions_pkey", table: "promotion_redemptions", same: ["id"] },
  {
    constraint: "promotion_redemptions_promotion_id_user_id_key",
    table: "promotion_redemptions",
    same: ["user_id"],
  },
  ...each("promotion_redemptions", "promotion_redemptions_promotion_id_fkey", {
    promotion_id: nobody,
  }),
  { constraint: "top_up_orders_pkey", table: "top_up_orders", same: ["order_id"] },
  { constraint: "top_up_orders_confirm_key_key", table: "top_up_orders", same: ["confirm_key"] },
  { constraint: "top_up_orders_payment_key_key", table: "top_up_orders", same: ["payment_key"] },
  {
    constraint: "top_up_orders_user_id_request_key_key",
    table: "top_up_orders",
    same: ["request_key"],
  },
  ...each("top_up_orders", "top_up_orders_user_id_fkey", { user_id: nobody }),
  ...each("top_up_orders", "top_up_orders_id", { order_id: "short" }, { order_id: "with space" }),
  ...each(
    "top_up_orders",
    "top_up_orders_amounts",
    { credits: 0 },
    { bonus_credits: -1 },
    { discount_krw: -100, amount_krw: 1_200, supplied_krw: 1_100 },
    { discount_krw: 901, amount_krw: 199, supplied_krw: 99 },
    { discount_krw: 100 },
    { supplied_krw: 1_001 },
    { supplied_krw: 1_101, vat_krw: -1 },
    { balance_krw: -1 },
    { balance_krw: 1_101 },
  ),
  ...each(
    "top_up_orders",
    "top_up_orders_paid",
    { ...paid, payment_key: null },
    { ...paid, approved_at: null },
    { ...paid, balance_krw: 1_099 },
    { ...paid, state: "partially_refunded" },
    { ...paid, state: "partially_refunded", balance_krw: 0 },
    { ...paid, state: "partially_refunded", balance_krw: 500, payment_key: null },
    { ...paid, state: "refunded", balance_krw: 1 },
    { ...paid, state: "refunded", balance_krw: 0, payment_key: null },
  ),
  { constraint: "refunds_pkey", table: "refunds", same: ["id"] },
  { constraint: "refunds_cancel_key_key", table: "refunds", same: ["cancel_key"] },
  { constraint: "refunds_transaction_key_key", table: "refunds", same: ["transaction_key"] },
  { constraint: "refunds_order_id_request_key_key", table: "refunds", same: ["request_key"] },
  ...each("refunds", "refunds_order_id_fkey", { order_id: "no-such-order" }),
  ...each(
    "refunds",
    "refunds_amounts",
    { amount_krw: -1 },
    { paid_credits: -1 },
    { bonus_credits: -1 },
    { amount_krw: 1_101 },
  ),
  { constraint: "provider_events_pkey", table: "provider_events", same: ["id"] },
  {
    constraint: "provider_events_transmission_id_key",
    table: "provider_events",
    same: ["transmission_id"],
  },
  { constraint: "reconciliation_runs_pkey", table: "reconciliation_runs", same: ["id"] },
  { constraint: "money_findings_pkey", table: "money_findings", same: ["id"] },
  { constraint: "money_findings_code_subject_key", table: "money_findings", same: ["subject"] },
];

const people: Breach[] = [
  { constraint: "notices_pkey", table: "notices", same: ["id"] },
  { constraint: "notices_user_id_dedupe_key_key", table: "notices", same: ["dedupe_key"] },
  ...each("notices", "notices_user_id_fkey", { user_id: nobody }),
  { constraint: "trial_devices_pkey", table: "trial_devices", same: ["id"] },
  { constraint: "trial_devices_user_id_key", table: "trial_devices", same: ["user_id"] },
  ...each("trial_devices", "trial_devices_user_id_fkey", { user_id: nobody }),
  { constraint: "trial_allowances_pkey", table: "trial_allowances", same: ["hash"] },
  ...each("trial_allowances", "trial_allowances_amounts", { credits: -1 }, { visitors: -1 }),
  ...each(
    "users",
    "users_visitor",
    { id, email: "visitor@example.test", visitor: true },
    { id, email: null, visitor: true, password_hash: "$argon2id$" },
    { id, email: null, visitor: true, operator: true },
  ),
];

/** At least one row for each constraint. */
export const breaches: Breach[] = [...ledger, ...reservations, ...payments, ...people];

/** What each trigger refuses. */
export const triggers: Record<string, string[]> = {
  ledger_transactions_append_only: [
    "UPDATE ledger_transactions SET amount = 0",
    "DELETE FROM ledger_transactions",
  ],
  ledger_transactions_no_truncate: ["TRUNCATE ledger_transactions CASCADE"],
  ledger_entries_append_only: [
    "UPDATE ledger_entries SET amount = 1",
    "DELETE FROM ledger_entries",
  ],
  ledger_entries_no_truncate: ["TRUNCATE ledger_entries"],
};
