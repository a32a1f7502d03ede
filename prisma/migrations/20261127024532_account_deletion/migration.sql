-- AlterTable
ALTER TABLE "videos" ADD COLUMN     "media_deleted_at" TIMESTAMPTZ(3);
