-- CreateEnum
CREATE TYPE "executor_run_status" AS ENUM ('active', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "executor_step_status" AS ENUM ('open', 'completed', 'failed');

-- CreateEnum
CREATE TYPE "executor_task_kind" AS ENUM ('call', 'timer');

-- CreateTable
CREATE TABLE "executor_events" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "routed_at" TIMESTAMPTZ(3),

    CONSTRAINT "executor_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_runs" (
    "id" UUID NOT NULL,
    "function_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "status" "executor_run_status" NOT NULL DEFAULT 'active',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "concurrency_keys" TEXT[],
    "concurrency_limits" INTEGER[],
    "idempotency_key" TEXT,
    "singleton_key" TEXT,
    "parent_run_id" UUID,
    "parent_step" TEXT,
    "output" JSON,
    "error" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "executor_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_steps" (
    "run_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "status" "executor_step_status" NOT NULL DEFAULT 'open',
    "race" BOOLEAN NOT NULL DEFAULT false,
    "seen" INTEGER NOT NULL,
    "position" INTEGER,
    "output" JSON,
    "error" JSON,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "executor_steps_pkey" PRIMARY KEY ("run_id","hash")
);

-- CreateTable
CREATE TABLE "executor_tasks" (
    "run_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "kind" "executor_task_kind" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "losses" INTEGER NOT NULL DEFAULT 0,
    "last_error" JSON,
    "lease_owner" INTEGER,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "executor_tasks_pkey" PRIMARY KEY ("run_id","hash")
);

-- CreateTable
CREATE TABLE "executor_waits" (
    "run_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "expression" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "executor_waits_pkey" PRIMARY KEY ("run_id","hash")
);

-- CreateIndex
CREATE INDEX "executor_events_routed_at_received_at_idx" ON "executor_events"("routed_at", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "executor_runs_idempotency_key_key" ON "executor_runs"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "executor_runs_singleton_key_key" ON "executor_runs"("singleton_key");

-- CreateIndex
CREATE INDEX "executor_runs_event_id_idx" ON "executor_runs"("event_id");

-- CreateIndex
CREATE INDEX "executor_runs_status_ended_at_idx" ON "executor_runs"("status", "ended_at");

-- CreateIndex
CREATE INDEX "executor_runs_parent_run_id_parent_step_idx" ON "executor_runs"("parent_run_id", "parent_step");

-- CreateIndex
CREATE UNIQUE INDEX "executor_runs_function_id_event_id_key" ON "executor_runs"("function_id", "event_id");

-- CreateIndex
CREATE INDEX "executor_tasks_lease_owner_due_at_idx" ON "executor_tasks"("lease_owner", "due_at");

-- CreateIndex
CREATE INDEX "executor_waits_event_name_idx" ON "executor_waits"("event_name");

-- AddForeignKey
ALTER TABLE "executor_runs" ADD CONSTRAINT "executor_runs_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "executor_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_steps" ADD CONSTRAINT "executor_steps_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_tasks" ADD CONSTRAINT "executor_tasks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_waits" ADD CONSTRAINT "executor_waits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
