-- CreateEnum
CREATE TYPE "lot_source" AS ENUM ('topup', 'bonus', 'promo', 'goodwill', 'signup', 'trial');

-- CreateEnum
CREATE TYPE "ledger_kind" AS ENUM ('topup', 'bonus', 'grant', 'reserve', 'capture', 'release', 'expire', 'refund', 'clawback', 'claim', 'reversal');

-- CreateEnum
CREATE TYPE "ledger_outcome" AS ENUM ('applied', 'refused');

-- CreateEnum
CREATE TYPE "ledger_account" AS ENUM ('wallet_available', 'wallet_held', 'sys_topup', 'sys_promo', 'sys_revenue', 'sys_breakage', 'sys_refund');

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('held', 'captured', 'partially_captured', 'released');

-- CreateEnum
CREATE TYPE "line_state" AS ENUM ('held', 'captured', 'released');

-- CreateEnum
CREATE TYPE "promotion_kind" AS ENUM ('percent', 'fixed', 'bonus');

-- CreateEnum
CREATE TYPE "redemption_state" AS ENUM ('reserved', 'used', 'released');

-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('created', 'confirming', 'unknown', 'awaiting_deposit', 'paid', 'partially_refunded', 'refunded', 'failed', 'expired', 'cancelled', 'held_for_review');

-- CreateEnum
CREATE TYPE "refund_state" AS ENUM ('requested', 'unknown', 'done', 'rejected');

-- CreateEnum
CREATE TYPE "finding_state" AS ENUM ('open', 'acknowledged', 'fixed');

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "operator" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "visitor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "uploads" ADD COLUMN     "caption_max_credits" INTEGER,
ADD COLUMN     "caption_settled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "videos" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "retained_until" TIMESTAMPTZ(3),
ADD COLUMN     "expiry_noted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "credit_wallets" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "posted" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "frozen_at" TIMESTAMPTZ(3),
    "low_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_wallets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_lots" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "source" "lot_source" NOT NULL,
    "paid" BOOLEAN NOT NULL,
    "granted" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "held" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "order_id" TEXT,
    "claimed_from" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_lots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "id" UUID NOT NULL,
    "kind" "ledger_kind" NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "outcome" "ledger_outcome" NOT NULL DEFAULT 'applied',
    "refusal" TEXT,
    "wallet_id" UUID NOT NULL,
    "amount" INTEGER NOT NULL,
    "available_after" INTEGER NOT NULL,
    "reservation_id" UUID,
    "component" TEXT,
    "order_id" TEXT,
    "refund_id" UUID,
    "reverses_id" UUID,
    "actor_id" UUID,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "transaction_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "account" "ledger_account" NOT NULL,
    "wallet_id" UUID,
    "lot_id" UUID,
    "amount" INTEGER NOT NULL,
    "wallet_seq" INTEGER,
    "available_after" INTEGER,
    "held_after" INTEGER,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("transaction_id","line")
);

-- CreateTable
CREATE TABLE "credit_reservations" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "state" "reservation_state" NOT NULL DEFAULT 'held',
    "amount" INTEGER NOT NULL,
    "captured" INTEGER NOT NULL DEFAULT 0,
    "released" INTEGER NOT NULL DEFAULT 0,
    "rule_version" TEXT NOT NULL,
    "quote" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "credit_reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation_lines" (
    "reservation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "component" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" "line_state" NOT NULL DEFAULT 'held',
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservation_lines_pkey" PRIMARY KEY ("reservation_id","component")
);

-- CreateTable
CREATE TABLE "reservation_lots" (
    "reservation_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "captured" INTEGER NOT NULL DEFAULT 0,
    "released" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reservation_lots_pkey" PRIMARY KEY ("reservation_id","lot_id")
);

-- CreateTable
CREATE TABLE "ledger_checks" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "failures" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "ledger_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_packages" (
    "id" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "bonus_credits" INTEGER NOT NULL DEFAULT 0,
    "price_krw" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_packages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotions" (
    "id" UUID NOT NULL,
    "code" TEXT,
    "name_ko" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" "promotion_kind" NOT NULL,
    "value" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "package_ids" TEXT[],
    "min_krw" INTEGER NOT NULL DEFAULT 0,
    "max_off_krw" INTEGER,
    "max_uses" INTEGER,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_redemptions" (
    "id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" "redemption_state" NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_redemptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "top_up_orders" (
    "order_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "state" "order_state" NOT NULL DEFAULT 'created',
    "package_id" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "bonus_credits" INTEGER NOT NULL,
    "list_krw" INTEGER NOT NULL,
    "discount_krw" INTEGER NOT NULL DEFAULT 0,
    "amount_krw" INTEGER NOT NULL,
    "supplied_krw" INTEGER NOT NULL,
    "vat_krw" INTEGER NOT NULL,
    "promotion_id" UUID,
    "request_key" TEXT NOT NULL,
    "customer_key" TEXT NOT NULL,
    "payment_key" TEXT,
    "confirm_key" TEXT NOT NULL,
    "method" TEXT,
    "receipt_url" TEXT,
    "cash_receipt_kind" TEXT NOT NULL DEFAULT 'none',
    "cash_receipt_url" TEXT,
    "balance_krw" INTEGER NOT NULL DEFAULT 0,
    "last_transaction_key" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "provider" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirming_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "top_up_orders_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" "refund_state" NOT NULL DEFAULT 'requested',
    "amount_krw" INTEGER NOT NULL,
    "paid_credits" INTEGER NOT NULL,
    "bonus_credits" INTEGER NOT NULL,
    "policy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" UUID,
    "request_key" TEXT NOT NULL,
    "cancel_key" TEXT NOT NULL,
    "transaction_key" TEXT,
    "balance_before_krw" INTEGER NOT NULL,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_events" (
    "id" UUID NOT NULL,
    "transmission_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" TEXT,
    "payment_key" TEXT,
    "body" JSONB NOT NULL,
    "retried_count" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ours" INTEGER NOT NULL DEFAULT 0,
    "theirs" INTEGER NOT NULL DEFAULT 0,
    "findings" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "money_findings" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "actual" TEXT NOT NULL,
    "state" "finding_state" NOT NULL DEFAULT 'open',
    "note" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "money_findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trial_devices" (
    "id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "granted" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" UUID,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "trial_devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trial_allowances" (
    "subject" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "credits" INTEGER NOT NULL DEFAULT 0,
    "visitors" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "trial_allowances_pkey" PRIMARY KEY ("subject","hash","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_wallets_owner_id_key" ON "credit_wallets"("owner_id");

-- CreateIndex
CREATE INDEX "credit_lots_wallet_id_idx" ON "credit_lots"("wallet_id");

-- CreateIndex
CREATE INDEX "credit_lots_order_id_idx" ON "credit_lots"("order_id");

-- CreateIndex
CREATE INDEX "credit_lots_expires_at_idx" ON "credit_lots"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_idempotency_key_key" ON "ledger_transactions"("idempotency_key");

-- CreateIndex
CREATE INDEX "ledger_transactions_wallet_id_id_idx" ON "ledger_transactions"("wallet_id", "id");

-- CreateIndex
CREATE INDEX "ledger_transactions_reservation_id_idx" ON "ledger_transactions"("reservation_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_order_id_idx" ON "ledger_transactions"("order_id");

-- CreateIndex
CREATE INDEX "ledger_entries_lot_id_idx" ON "ledger_entries"("lot_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_wallet_id_wallet_seq_line_key" ON "ledger_entries"("wallet_id", "wallet_seq", "line");

-- CreateIndex
CREATE INDEX "credit_reservations_state_expires_at_idx" ON "credit_reservations"("state", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_reservations_purpose_subject_id_attempt_key" ON "credit_reservations"("purpose", "subject_id", "attempt");

-- CreateIndex
CREATE INDEX "ledger_checks_started_at_idx" ON "ledger_checks"("started_at" DESC);

-- CreateIndex
CREATE INDEX "notices_user_id_id_idx" ON "notices"("user_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notices_user_id_dedupe_key_key" ON "notices"("user_id", "dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "promotions_code_key" ON "promotions"("code");

-- CreateIndex
CREATE INDEX "promotion_redemptions_order_id_idx" ON "promotion_redemptions"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_redemptions_promotion_id_user_id_key" ON "promotion_redemptions"("promotion_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_orders_payment_key_key" ON "top_up_orders"("payment_key");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_orders_confirm_key_key" ON "top_up_orders"("confirm_key");

-- CreateIndex
CREATE INDEX "top_up_orders_user_id_created_at_idx" ON "top_up_orders"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "top_up_orders_state_next_check_at_idx" ON "top_up_orders"("state", "next_check_at");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_orders_user_id_request_key_key" ON "top_up_orders"("user_id", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_cancel_key_key" ON "refunds"("cancel_key");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_transaction_key_key" ON "refunds"("transaction_key");

-- CreateIndex
CREATE INDEX "refunds_state_next_check_at_idx" ON "refunds"("state", "next_check_at");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_order_id_request_key_key" ON "refunds"("order_id", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "provider_events_transmission_id_key" ON "provider_events"("transmission_id");

-- CreateIndex
CREATE INDEX "provider_events_processed_at_received_at_idx" ON "provider_events"("processed_at", "received_at");

-- CreateIndex
CREATE INDEX "reconciliation_runs_started_at_idx" ON "reconciliation_runs"("started_at" DESC);

-- CreateIndex
CREATE INDEX "money_findings_state_last_seen_idx" ON "money_findings"("state", "last_seen" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "money_findings_code_subject_key" ON "money_findings"("code", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "trial_devices_user_id_key" ON "trial_devices"("user_id");

-- CreateIndex
CREATE INDEX "trial_allowances_day_idx" ON "trial_allowances"("day");

-- CreateIndex
CREATE INDEX "videos_expires_at_idx" ON "videos"("expires_at");

-- AddForeignKey
ALTER TABLE "credit_wallets" ADD CONSTRAINT "credit_wallets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_lots" ADD CONSTRAINT "credit_lots_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "credit_wallets"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transactions"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "credit_wallets"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "credit_reservations"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_lots" ADD CONSTRAINT "reservation_lots_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "credit_reservations"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_redemptions" ADD CONSTRAINT "promotion_redemptions_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotions"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_up_orders" ADD CONSTRAINT "top_up_orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "top_up_orders"("order_id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial_devices" ADD CONSTRAINT "trial_devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------
-- What no code may break.

ALTER TABLE "credit_wallets" ADD CONSTRAINT "credit_wallets_amounts" CHECK (held >= 0 AND posted >= held);
ALTER TABLE "credit_lots" ADD CONSTRAINT "credit_lots_amounts"
  CHECK (granted > 0 AND 0 <= held AND held <= remaining AND remaining <= granted);
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_amount" CHECK (amount >= 0);
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_refusal"
  CHECK ((outcome = 'refused') = (refusal IS NOT NULL));
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_amount" CHECK (amount <> 0);
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_owner" CHECK (
  (account IN ('wallet_available', 'wallet_held')) = (wallet_id IS NOT NULL)
  AND (wallet_id IS NULL) = (lot_id IS NULL) AND (wallet_id IS NULL) = (wallet_seq IS NULL)
  AND (wallet_id IS NULL) = (available_after IS NULL) AND (wallet_id IS NULL) = (held_after IS NULL));
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_after" CHECK (available_after >= 0 AND held_after >= 0);
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_amounts"
  CHECK (amount > 0 AND captured >= 0 AND released >= 0 AND captured + released <= amount);
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_state" CHECK (
  CASE state
    WHEN 'held' THEN captured + released < amount AND ended_at IS NULL
    WHEN 'captured' THEN captured = amount AND ended_at IS NOT NULL
    WHEN 'released' THEN released = amount AND ended_at IS NOT NULL
    ELSE captured > 0 AND released > 0 AND captured + released = amount AND ended_at IS NOT NULL
  END);
ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_amounts" CHECK (amount > 0 AND units > 0);
ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_state" CHECK ((state = 'held') = (ended_at IS NULL));
ALTER TABLE "reservation_lots" ADD CONSTRAINT "reservation_lots_amounts"
  CHECK (amount > 0 AND captured >= 0 AND released >= 0 AND captured + released <= amount);
ALTER TABLE "credit_packages" ADD CONSTRAINT "credit_packages_amounts"
  CHECK (credits > 0 AND bonus_credits >= 0 AND price_krw >= 200);
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_value"
  CHECK (value > 0 AND (kind <> 'percent' OR value < 100) AND min_krw >= 0);
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_uses" CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses));
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_code" CHECK (code = upper(code));
ALTER TABLE "top_up_orders" ADD CONSTRAINT "top_up_orders_id" CHECK (order_id ~ '^[A-Za-z0-9_-]{6,64}$');
ALTER TABLE "top_up_orders" ADD CONSTRAINT "top_up_orders_amounts" CHECK (
  credits > 0 AND bonus_credits >= 0 AND discount_krw >= 0 AND amount_krw >= 200
  AND amount_krw = list_krw - discount_krw AND supplied_krw + vat_krw = amount_krw AND vat_krw >= 0
  AND balance_krw BETWEEN 0 AND amount_krw);
-- Money that came in has a payment, and what is left of it fits the state.
ALTER TABLE "top_up_orders" ADD CONSTRAINT "top_up_orders_paid" CHECK (
  CASE state
    WHEN 'paid' THEN payment_key IS NOT NULL AND approved_at IS NOT NULL AND balance_krw = amount_krw
    WHEN 'partially_refunded' THEN payment_key IS NOT NULL AND balance_krw > 0 AND balance_krw < amount_krw
    WHEN 'refunded' THEN payment_key IS NOT NULL AND balance_krw = 0
    ELSE TRUE
  END);
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_amounts"
  CHECK (amount_krw >= 0 AND paid_credits >= 0 AND bonus_credits >= 0 AND amount_krw <= balance_before_krw);
ALTER TABLE "trial_allowances" ADD CONSTRAINT "trial_allowances_amounts" CHECK (credits >= 0 AND visitors >= 0);
-- A visitor has neither an address nor a way to log in.
ALTER TABLE "users" ADD CONSTRAINT "users_visitor"
  CHECK (NOT visitor OR (email IS NULL AND password_hash IS NULL AND NOT operator));

-- What may have happened once only.
CREATE UNIQUE INDEX "ledger_transactions_topup_key" ON "ledger_transactions"(order_id, kind)
  WHERE kind IN ('topup', 'bonus') AND outcome = 'applied';
CREATE UNIQUE INDEX "ledger_transactions_capture_key" ON "ledger_transactions"(reservation_id, component)
  WHERE kind = 'capture' AND outcome = 'applied';
CREATE UNIQUE INDEX "ledger_transactions_reserve_key" ON "ledger_transactions"(reservation_id)
  WHERE kind = 'reserve' AND outcome = 'applied';
CREATE UNIQUE INDEX "ledger_transactions_refund_key" ON "ledger_transactions"(refund_id)
  WHERE kind = 'refund' AND outcome = 'applied';
CREATE UNIQUE INDEX "ledger_transactions_reversal_key" ON "ledger_transactions"(reverses_id)
  WHERE kind = 'reversal' AND outcome = 'applied';
CREATE INDEX "credit_lots_open_idx" ON "credit_lots"(wallet_id) WHERE remaining > 0;

-- The ledger is appended to and never changed.
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE ON "ledger_transactions"
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_transactions_no_truncate BEFORE TRUNCATE ON "ledger_transactions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON "ledger_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- Entries of a transaction add up to 0, looked at when it commits.
CREATE FUNCTION check_ledger_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  off bigint;
BEGIN
  SELECT sum(amount) INTO off FROM ledger_entries WHERE transaction_id = NEW.transaction_id;
  IF off <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % is off by %', NEW.transaction_id, off
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_balance';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_balance();

-- ---------------------------------------------------------------------------------------------
-- How credits move: one function, one round trip. Each takes its locks in this order: the
-- reservation, the idempotency key, the wallet, then lots. Whoever holds a wallet's row may change
-- its lots. Times come in as arguments. SQLSTATEs of their own: AX409 the key was used for
-- something else, AX404 what is named isn't there.

CREATE TYPE ledger_result AS (
  outcome text, refusal text, transaction_id uuid, amount int, available int, replayed boolean);

-- Waits for whoever uses the same key now; answers what the key has led to, or null.
CREATE FUNCTION ledger_replay(p_key text, p_hash text) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  t ledger_transactions;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_key, 4217));
  SELECT * INTO t FROM ledger_transactions WHERE idempotency_key = p_key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF t.request_hash <> p_hash THEN
    RAISE EXCEPTION 'idempotency key used for another request' USING ERRCODE = 'AX409';
  END IF;
  RETURN (t.outcome::text, t.refusal, t.id, t.amount, t.available_after, TRUE)::ledger_result;
END $$;

-- Of equal expiry: what was given, then bonus, then what was bought.
CREATE FUNCTION lot_rank(p_source lot_source) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_source WHEN 'topup' THEN 2 WHEN 'bonus' THEN 1 ELSE 0 END
$$;

CREATE FUNCTION credits_wallet(p_owner uuid, p_now timestamptz) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
BEGIN
  SELECT id INTO v_id FROM credit_wallets WHERE owner_id = p_owner;
  IF FOUND THEN RETURN v_id; END IF;
  INSERT INTO credit_wallets (id, owner_id, created_at) VALUES (gen_random_uuid(), p_owner, p_now)
    ON CONFLICT (owner_id) DO NOTHING;
  SELECT id INTO v_id FROM credit_wallets WHERE owner_id = p_owner;
  RETURN v_id;
END $$;

-- Lets go of what has expired and isn't held; answers how many credits that was.
CREATE FUNCTION credits_expire(p_wallet uuid, p_now timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  w credit_wallets;
  lot record;
  v_id uuid;
  v_all int := 0;
BEGIN
  PERFORM 1 FROM credit_lots
    WHERE wallet_id = p_wallet AND remaining > held AND expires_at <= p_now LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;
  PERFORM 1 FROM credit_wallets WHERE id = p_wallet FOR UPDATE;
  FOR lot IN SELECT id, remaining - held AS free FROM credit_lots
    WHERE wallet_id = p_wallet AND remaining > held AND expires_at <= p_now ORDER BY expires_at, id
  LOOP
    v_id := gen_random_uuid();
    UPDATE credit_wallets SET posted = posted - lot.free, seq = seq + 1
      WHERE id = p_wallet RETURNING * INTO w;
    UPDATE credit_lots SET remaining = held WHERE id = lot.id;
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, created_at)
      VALUES (v_id, 'expire', 'expire:' || lot.id || ':' || w.seq, '', p_wallet, lot.free, w.posted - w.held, p_now);
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (v_id, 1, 'wallet_available', p_wallet, lot.id, -lot.free, w.seq, w.posted - w.held, w.held),
             (v_id, 2, 'sys_breakage', NULL, NULL, lot.free, NULL, NULL, NULL);
    v_all := v_all + lot.free;
  END LOOP;
  RETURN v_all;
END $$;

CREATE FUNCTION credits_grant(
  p_id uuid, p_key text, p_hash text, p_kind ledger_kind, p_owner uuid, p_lot uuid, p_source lot_source,
  p_amount int, p_expires timestamptz, p_order text, p_actor uuid, p_reason text, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  w credit_wallets;
  v_wallet uuid;
BEGIN
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  v_wallet := credits_wallet(p_owner, p_now);
  UPDATE credit_wallets SET posted = posted + p_amount, seq = seq + 1 WHERE id = v_wallet RETURNING * INTO w;
  INSERT INTO credit_lots (id, wallet_id, source, paid, granted, remaining, expires_at, order_id, created_at)
    VALUES (p_lot, v_wallet, p_source, p_source = 'topup', p_amount, p_amount, p_expires, p_order, p_now);
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, order_id, actor_id, reason, created_at)
    VALUES (p_id, p_kind, p_key, p_hash, v_wallet, p_amount, w.posted - w.held, p_order, p_actor, p_reason, p_now);
  INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
    VALUES (p_id, 1, 'wallet_available', v_wallet, p_lot, p_amount, w.seq, w.posted - w.held, w.held),
           (p_id, 2, CASE WHEN p_kind = 'topup' THEN 'sys_topup' ELSE 'sys_promo' END::ledger_account,
            NULL, NULL, -p_amount, NULL, NULL, NULL);
  RETURN ('applied', NULL, p_id, p_amount, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- p_lines: [{component, units, amount}, ...] in the order of the quote.
CREATE FUNCTION credits_reserve(
  p_id uuid, p_key text, p_hash text, p_owner uuid, p_reservation uuid, p_purpose text, p_subject uuid,
  p_attempt int, p_rule text, p_quote jsonb, p_lines jsonb, p_expires timestamptz, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  w credit_wallets;
  v_wallet uuid;
  v_total int;
  v_left int;
  v_take int;
  v_n int := 0;
  lot record;
BEGIN
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  v_wallet := credits_wallet(p_owner, p_now);
  -- Before looking for what has expired: a release that is on its way may still give some back.
  PERFORM 1 FROM credit_wallets WHERE id = v_wallet FOR UPDATE;
  PERFORM credits_expire(v_wallet, p_now);
  SELECT sum((line->>'amount')::int) INTO v_total FROM jsonb_array_elements(p_lines) AS line;
  UPDATE credit_wallets SET held = held + v_total, seq = seq + 1
    WHERE id = v_wallet AND frozen_at IS NULL AND posted - held >= v_total RETURNING * INTO w;
  IF NOT FOUND THEN
    SELECT * INTO w FROM credit_wallets WHERE id = v_wallet;
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, outcome, refusal, wallet_id, amount, available_after, created_at)
      VALUES (p_id, 'reserve', p_key, p_hash, 'refused',
        CASE WHEN w.frozen_at IS NULL THEN 'credits_insufficient' ELSE 'wallet_frozen' END,
        v_wallet, v_total, w.posted - w.held, p_now);
    RETURN ('refused', CASE WHEN w.frozen_at IS NULL THEN 'credits_insufficient' ELSE 'wallet_frozen' END,
      p_id, v_total, w.posted - w.held, FALSE)::ledger_result;
  END IF;
  INSERT INTO credit_reservations
    (id, wallet_id, purpose, subject_id, attempt, amount, rule_version, quote, expires_at, created_at)
    VALUES (p_reservation, v_wallet, p_purpose, p_subject, p_attempt, v_total, p_rule, p_quote, p_expires, p_now);
  INSERT INTO reservation_lines (reservation_id, position, component, units, amount)
    SELECT p_reservation, place - 1, line->>'component', (line->>'units')::int, (line->>'amount')::int
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS each(line, place);
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, reservation_id, created_at)
    VALUES (p_id, 'reserve', p_key, p_hash, v_wallet, v_total, w.posted - w.held, p_reservation, p_now);
  v_left := v_total;
  FOR lot IN SELECT id, remaining - held AS free FROM credit_lots
    WHERE wallet_id = v_wallet AND remaining > held AND (expires_at IS NULL OR expires_at > p_now)
    ORDER BY expires_at NULLS LAST, lot_rank(source), created_at, id
  LOOP
    EXIT WHEN v_left = 0;
    v_take := least(v_left, lot.free);
    v_n := v_n + 1;
    UPDATE credit_lots SET held = held + v_take WHERE id = lot.id;
    INSERT INTO reservation_lots (reservation_id, lot_id, position, amount)
      VALUES (p_reservation, lot.id, v_n - 1, v_take);
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, 2 * v_n - 1, 'wallet_available', v_wallet, lot.id, -v_take, w.seq, w.posted - w.held, w.held),
             (p_id, 2 * v_n, 'wallet_held', v_wallet, lot.id, v_take, w.seq, w.posted - w.held, w.held);
    v_left := v_left - v_take;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'lots of wallet % lack % credits', v_wallet, v_left USING ERRCODE = 'check_violation';
  END IF;
  RETURN ('applied', NULL, p_id, v_total, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- The state that these sums mean.
CREATE FUNCTION reservation_state_of(p_amount int, p_captured int, p_released int)
  RETURNS reservation_state LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE WHEN p_captured + p_released < p_amount THEN 'held' WHEN p_released = 0 THEN 'captured'
    WHEN p_captured = 0 THEN 'released' ELSE 'partially_captured' END)::reservation_state
$$;

-- Takes a line's credits for good.
CREATE FUNCTION credits_capture(
  p_id uuid, p_key text, p_hash text, p_reservation uuid, p_component text, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  res credit_reservations;
  w credit_wallets;
  v_amount int;
  v_left int;
  v_take int;
  v_n int := 0;
  lot record;
BEGIN
  SELECT * INTO res FROM credit_reservations WHERE id = p_reservation FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such reservation' USING ERRCODE = 'AX404'; END IF;
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  UPDATE reservation_lines SET state = 'captured', ended_at = p_now
    WHERE reservation_id = p_reservation AND component = p_component AND state = 'held' RETURNING amount INTO v_amount;
  IF NOT FOUND THEN
    SELECT * INTO w FROM credit_wallets WHERE id = res.wallet_id;
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, outcome, refusal, wallet_id, amount, available_after, reservation_id, component, created_at)
      VALUES (p_id, 'capture', p_key, p_hash, 'refused', 'line_not_held', res.wallet_id, 0, w.posted - w.held, p_reservation, p_component, p_now);
    RETURN ('refused', 'line_not_held', p_id, 0, w.posted - w.held, FALSE)::ledger_result;
  END IF;
  UPDATE credit_wallets SET posted = posted - v_amount, held = held - v_amount, seq = seq + 1
    WHERE id = res.wallet_id RETURNING * INTO w;
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, reservation_id, component, created_at)
    VALUES (p_id, 'capture', p_key, p_hash, res.wallet_id, v_amount, w.posted - w.held, p_reservation, p_component, p_now);
  v_left := v_amount;
  FOR lot IN SELECT lot_id AS id, amount - captured - released AS open FROM reservation_lots
    WHERE reservation_id = p_reservation AND amount > captured + released ORDER BY position
  LOOP
    EXIT WHEN v_left = 0;
    v_take := least(v_left, lot.open);
    v_n := v_n + 1;
    UPDATE credit_lots SET remaining = remaining - v_take, held = held - v_take WHERE id = lot.id;
    UPDATE reservation_lots SET captured = captured + v_take WHERE reservation_id = p_reservation AND lot_id = lot.id;
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, v_n, 'wallet_held', res.wallet_id, lot.id, -v_take, w.seq, w.posted - w.held, w.held);
    v_left := v_left - v_take;
  END LOOP;
  INSERT INTO ledger_entries (transaction_id, line, account, amount) VALUES (p_id, v_n + 1, 'sys_revenue', v_amount);
  UPDATE credit_reservations SET captured = captured + v_amount,
    state = reservation_state_of(amount, captured + v_amount, released),
    ended_at = CASE WHEN captured + v_amount + released = amount THEN p_now END
    WHERE id = p_reservation;
  RETURN ('applied', NULL, p_id, v_amount, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- Gives a line's credits back, or with p_component null those of every line that is still held.
-- p_extend: what expired while it was held is good for another seven days.
CREATE FUNCTION credits_release(
  p_id uuid, p_key text, p_hash text, p_reservation uuid, p_component text, p_extend boolean, p_reason text, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  res credit_reservations;
  w credit_wallets;
  v_amount int;
  v_left int;
  v_take int;
  v_n int := 0;
  lot record;
BEGIN
  SELECT * INTO res FROM credit_reservations WHERE id = p_reservation FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such reservation' USING ERRCODE = 'AX404'; END IF;
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  WITH released AS (
    UPDATE reservation_lines SET state = 'released', ended_at = p_now
    WHERE reservation_id = p_reservation AND state = 'held' AND component = coalesce(p_component, component)
    RETURNING amount)
  SELECT sum(amount) INTO v_amount FROM released;
  IF v_amount IS NULL THEN
    SELECT * INTO w FROM credit_wallets WHERE id = res.wallet_id;
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, outcome, refusal, wallet_id, amount, available_after, reservation_id, component, created_at)
      VALUES (p_id, 'release', p_key, p_hash, 'refused', 'line_not_held', res.wallet_id, 0, w.posted - w.held, p_reservation, p_component, p_now);
    RETURN ('refused', 'line_not_held', p_id, 0, w.posted - w.held, FALSE)::ledger_result;
  END IF;
  -- Only what was held gets the seven days, not what lay beside it in its lot.
  IF p_extend THEN
    PERFORM 1 FROM credit_wallets WHERE id = res.wallet_id FOR UPDATE;
    PERFORM credits_expire(res.wallet_id, p_now);
  END IF;
  UPDATE credit_wallets SET held = held - v_amount, seq = seq + 1 WHERE id = res.wallet_id RETURNING * INTO w;
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, reservation_id, component, reason, created_at)
    VALUES (p_id, 'release', p_key, p_hash, res.wallet_id, v_amount, w.posted - w.held, p_reservation, p_component, p_reason, p_now);
  v_left := v_amount;
  -- From the end: what is still held keeps what expires first.
  FOR lot IN SELECT lot_id AS id, amount - captured - released AS open FROM reservation_lots
    WHERE reservation_id = p_reservation AND amount > captured + released ORDER BY position DESC
  LOOP
    EXIT WHEN v_left = 0;
    v_take := least(v_left, lot.open);
    v_n := v_n + 1;
    UPDATE credit_lots SET held = held - v_take,
      expires_at = CASE WHEN p_extend AND expires_at <= p_now THEN p_now + interval '7 days' ELSE expires_at END
      WHERE id = lot.id;
    UPDATE reservation_lots SET released = released + v_take WHERE reservation_id = p_reservation AND lot_id = lot.id;
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, 2 * v_n - 1, 'wallet_held', res.wallet_id, lot.id, -v_take, w.seq, w.posted - w.held, w.held),
             (p_id, 2 * v_n, 'wallet_available', res.wallet_id, lot.id, v_take, w.seq, w.posted - w.held, w.held);
    v_left := v_left - v_take;
  END LOOP;
  UPDATE credit_reservations SET released = released + v_amount,
    state = reservation_state_of(amount, captured, released + v_amount),
    ended_at = CASE WHEN captured + released + v_amount = amount THEN p_now END
    WHERE id = p_reservation;
  RETURN ('applied', NULL, p_id, v_amount, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- Takes credits of an order out: p_paid of what was bought, p_bonus of what came with it.
CREATE FUNCTION credits_take_back(
  p_id uuid, p_key text, p_hash text, p_kind ledger_kind, p_owner uuid, p_order text, p_refund uuid,
  p_paid int, p_bonus int, p_actor uuid, p_reason text, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  w credit_wallets;
  v_wallet uuid;
  v_refusal text;
  v_free_paid int;
  v_free_bonus int;
  v_paid int := p_paid;
  v_bonus int := p_bonus;
  v_take int;
  v_n int := 0;
  lot record;
BEGIN
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  IF p_paid < 0 OR p_bonus < 0 THEN
    RAISE EXCEPTION 'less than nothing cannot be taken back' USING ERRCODE = 'check_violation';
  END IF;
  v_wallet := credits_wallet(p_owner, p_now);
  SELECT * INTO w FROM credit_wallets WHERE id = v_wallet FOR UPDATE;
  SELECT coalesce(sum(remaining - held) FILTER (WHERE paid), 0), coalesce(sum(remaining - held) FILTER (WHERE NOT paid), 0)
    INTO v_free_paid, v_free_bonus FROM credit_lots WHERE wallet_id = v_wallet AND order_id = p_order;
  IF p_kind = 'refund' AND w.frozen_at IS NOT NULL THEN v_refusal := 'wallet_frozen';
  ELSIF v_free_paid < p_paid OR v_free_bonus < p_bonus OR p_paid + p_bonus = 0 THEN v_refusal := 'credits_in_use';
  END IF;
  IF v_refusal IS NOT NULL THEN
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, outcome, refusal, wallet_id, amount, available_after, order_id, refund_id, actor_id, reason, created_at)
      VALUES (p_id, p_kind, p_key, p_hash, 'refused', v_refusal, v_wallet, p_paid + p_bonus, w.posted - w.held, p_order, p_refund, p_actor, p_reason, p_now);
    RETURN ('refused', v_refusal, p_id, p_paid + p_bonus, w.posted - w.held, FALSE)::ledger_result;
  END IF;
  UPDATE credit_wallets SET posted = posted - p_paid - p_bonus, seq = seq + 1 WHERE id = v_wallet RETURNING * INTO w;
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, order_id, refund_id, actor_id, reason, created_at)
    VALUES (p_id, p_kind, p_key, p_hash, v_wallet, p_paid + p_bonus, w.posted - w.held, p_order, p_refund, p_actor, p_reason, p_now);
  FOR lot IN SELECT id, paid, remaining - held AS free FROM credit_lots
    WHERE wallet_id = v_wallet AND order_id = p_order AND remaining > held ORDER BY created_at, id
  LOOP
    v_take := least(lot.free, CASE WHEN lot.paid THEN v_paid ELSE v_bonus END);
    CONTINUE WHEN v_take = 0;
    v_n := v_n + 1;
    UPDATE credit_lots SET remaining = remaining - v_take WHERE id = lot.id;
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, v_n, 'wallet_available', v_wallet, lot.id, -v_take, w.seq, w.posted - w.held, w.held);
    IF lot.paid THEN v_paid := v_paid - v_take; ELSE v_bonus := v_bonus - v_take; END IF;
  END LOOP;
  INSERT INTO ledger_entries (transaction_id, line, account, amount) VALUES (p_id, v_n + 1, 'sys_refund', p_paid + p_bonus);
  RETURN ('applied', NULL, p_id, p_paid + p_bonus, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- Puts back what `credits_take_back` took, into the same lots.
CREATE FUNCTION credits_put_back(
  p_id uuid, p_key text, p_hash text, p_reverses uuid, p_reason text, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  t ledger_transactions;
  w credit_wallets;
  v_n int := 0;
  e record;
BEGIN
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  SELECT * INTO t FROM ledger_transactions
    WHERE id = p_reverses AND kind IN ('refund', 'clawback') AND outcome = 'applied';
  IF NOT FOUND THEN RAISE EXCEPTION 'nothing to put back' USING ERRCODE = 'AX404'; END IF;
  PERFORM 1 FROM credit_wallets WHERE id = t.wallet_id FOR UPDATE;
  PERFORM credits_expire(t.wallet_id, p_now);
  UPDATE credit_wallets SET posted = posted + t.amount, seq = seq + 1 WHERE id = t.wallet_id RETURNING * INTO w;
  INSERT INTO ledger_transactions
    (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, order_id, refund_id, reverses_id, reason, created_at)
    VALUES (p_id, 'reversal', p_key, p_hash, t.wallet_id, t.amount, w.posted - w.held, t.order_id, t.refund_id, t.id, p_reason, p_now);
  FOR e IN SELECT lot_id, -amount AS amount FROM ledger_entries
    WHERE transaction_id = t.id AND account = 'wallet_available' ORDER BY line
  LOOP
    v_n := v_n + 1;
    UPDATE credit_lots SET remaining = remaining + e.amount,
      expires_at = CASE WHEN expires_at <= p_now THEN p_now + interval '7 days' ELSE expires_at END
      WHERE id = e.lot_id;
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, v_n, 'wallet_available', t.wallet_id, e.lot_id, e.amount, w.seq, w.posted - w.held, w.held);
  END LOOP;
  INSERT INTO ledger_entries (transaction_id, line, account, amount) VALUES (p_id, v_n + 1, 'sys_refund', -t.amount);
  RETURN ('applied', NULL, p_id, t.amount, w.posted - w.held, FALSE)::ledger_result;
END $$;

-- Moves everything a visitor has to an account and closes the visitor's wallet.
CREATE FUNCTION credits_claim(
  p_id uuid, p_key text, p_hash text, p_from uuid, p_to uuid, p_now timestamptz
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
  r ledger_result;
  a credit_wallets;
  b credit_wallets;
  v_from uuid;
  v_to uuid;
  v_lot uuid;
  v_n int := 0;
  lot record;
BEGIN
  r := ledger_replay(p_key, p_hash);
  IF r.outcome IS NOT NULL THEN RETURN r; END IF;
  v_from := credits_wallet(p_from, p_now);
  v_to := credits_wallet(p_to, p_now);
  PERFORM 1 FROM credit_wallets WHERE id IN (v_from, v_to) ORDER BY id FOR UPDATE;
  PERFORM credits_expire(v_from, p_now);
  SELECT * INTO a FROM credit_wallets WHERE id = v_from;
  IF a.held > 0 OR a.frozen_at IS NOT NULL OR v_from = v_to THEN
    INSERT INTO ledger_transactions
      (id, kind, idempotency_key, request_hash, outcome, refusal, wallet_id, amount, available_after, created_at)
      VALUES (p_id, 'claim', p_key, p_hash, 'refused', CASE WHEN a.held > 0 THEN 'credits_in_use' ELSE 'wallet_frozen' END,
        v_to, a.posted, (SELECT posted - held FROM credit_wallets WHERE id = v_to), p_now);
    RETURN ('refused', CASE WHEN a.held > 0 THEN 'credits_in_use' ELSE 'wallet_frozen' END, p_id, a.posted,
      (SELECT posted - held FROM credit_wallets WHERE id = v_to), FALSE)::ledger_result;
  END IF;
  IF a.posted > 0 THEN
    UPDATE credit_wallets SET posted = posted + a.posted, seq = seq + 1 WHERE id = v_to RETURNING * INTO b;
  ELSE
    SELECT * INTO b FROM credit_wallets WHERE id = v_to;
  END IF;
  UPDATE credit_wallets SET posted = 0, seq = seq + CASE WHEN a.posted > 0 THEN 1 ELSE 0 END, frozen_at = p_now
    WHERE id = v_from RETURNING * INTO a;
  INSERT INTO ledger_transactions (id, kind, idempotency_key, request_hash, wallet_id, amount, available_after, created_at)
    VALUES (p_id, 'claim', p_key, p_hash, v_to,
      (SELECT coalesce(sum(remaining), 0) FROM credit_lots WHERE wallet_id = v_from), b.posted - b.held, p_now);
  FOR lot IN SELECT * FROM credit_lots WHERE wallet_id = v_from AND remaining > 0 ORDER BY created_at, id
  LOOP
    v_n := v_n + 1;
    v_lot := gen_random_uuid();
    INSERT INTO credit_lots (id, wallet_id, source, paid, granted, remaining, expires_at, order_id, claimed_from, created_at)
      VALUES (v_lot, v_to, lot.source, lot.paid, lot.remaining, lot.remaining, lot.expires_at, lot.order_id, lot.id, lot.created_at);
    UPDATE credit_lots SET remaining = 0 WHERE id = lot.id;
    INSERT INTO ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount, wallet_seq, available_after, held_after)
      VALUES (p_id, 2 * v_n - 1, 'wallet_available', v_from, lot.id, -lot.remaining, a.seq, 0, 0),
             (p_id, 2 * v_n, 'wallet_available', v_to, v_lot, lot.remaining, b.seq, b.posted - b.held, b.held);
  END LOOP;
  RETURN ('applied', NULL, p_id, (SELECT amount FROM ledger_transactions WHERE id = p_id), b.posted - b.held, FALSE)::ledger_result;
END $$;

-- What can be bought until an operator changes it. 11 KRW a credit with VAT: 110 KRW a minute.
INSERT INTO "credit_packages" (id, credits, bonus_credits, price_krw, position) VALUES
  ('light', 300, 0, 3300, 0), ('standard', 1000, 50, 11000, 1),
  ('plus', 3000, 300, 33000, 2), ('studio', 10000, 1500, 110000, 3);
