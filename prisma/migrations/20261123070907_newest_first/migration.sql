-- DropIndex
DROP INDEX "jobs_owner_id_created_at_idx";

-- DropIndex
DROP INDEX "videos_owner_id_created_at_idx";

-- AlterTable
ALTER TABLE "outbox" DROP COLUMN "attempts";

-- CreateIndex
CREATE INDEX "jobs_owner_id_id_idx" ON "jobs"("owner_id", "id" DESC);

-- CreateIndex
CREATE INDEX "videos_owner_id_id_idx" ON "videos"("owner_id", "id" DESC);
