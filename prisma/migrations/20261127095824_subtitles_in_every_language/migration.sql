-- CreateEnum
CREATE TYPE "job_kind" AS ENUM ('caption', 'translate', 'align');

-- DropForeignKey
ALTER TABLE "tracks" DROP CONSTRAINT "tracks_job_id_fkey";

-- DropIndex
DROP INDEX "tracks_video_id_idx";

-- DropIndex
DROP INDEX "tracks_job_id_language_key";

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "kind" "job_kind" NOT NULL DEFAULT 'caption',
ADD COLUMN     "language_plan" JSONB,
ADD COLUMN     "options" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "source_revision" INTEGER,
ADD COLUMN     "source_track_id" UUID,
ADD COLUMN     "transcript_id" UUID;

-- AlterTable
ALTER TABLE "speech_chunks" ADD COLUMN     "language" TEXT,
ADD COLUMN     "work_ms" INTEGER;

-- AlterTable
ALTER TABLE "tracks" ADD COLUMN     "profile" JSONB,
ADD COLUMN     "source_track_id" UUID;

-- AlterTable
ALTER TABLE "videos" ADD COLUMN     "audio_channels" INTEGER,
ADD COLUMN     "shot_changes" JSONB;

-- AlterTable
ALTER TABLE "uploads" ADD COLUMN     "caption_options" JSONB;

-- CreateTable
CREATE TABLE "glossary_terms" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "term" TEXT NOT NULL,
    "language" TEXT,
    "misheard" JSONB NOT NULL DEFAULT '[]',
    "translations" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "glossary_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "own_profiles" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "own_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_terms" (
    "job_id" UUID NOT NULL,
    "terms" JSONB NOT NULL,

    CONSTRAINT "job_terms_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "job_speakers" (
    "job_id" UUID NOT NULL,
    "engine" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "turns" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_speakers_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "job_translations" (
    "job_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "status" "stage_status" NOT NULL DEFAULT 'pending',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_detail" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_translations_pkey" PRIMARY KEY ("job_id","language")
);

-- CreateTable
CREATE TABLE "translation_batches" (
    "job_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "cue_ids" JSONB NOT NULL,
    "result" JSONB,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "billed_characters" INTEGER NOT NULL DEFAULT 0,
    "translated_at" TIMESTAMPTZ(3),
    "work_ms" INTEGER,

    CONSTRAINT "translation_batches_pkey" PRIMARY KEY ("job_id","language","index")
);

-- CreateTable
CREATE TABLE "engine_speeds" (
    "work" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "audio_ms" DOUBLE PRECISION NOT NULL,
    "work_ms" DOUBLE PRECISION NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_speeds_pkey" PRIMARY KEY ("work","engine","model")
);

-- CreateTable
CREATE TABLE "job_preferences" (
    "owner_id" UUID NOT NULL,
    "options" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_preferences_pkey" PRIMARY KEY ("owner_id")
);

-- CreateTable
CREATE TABLE "transcripts" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transcripts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "track_versions" (
    "track_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "job_id" UUID,
    "actor_id" UUID,
    "restores" INTEGER,
    "evidence" JSONB,
    "report" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "track_versions_pkey" PRIMARY KEY ("track_id","number")
);

-- CreateTable
CREATE TABLE "video_speakers" (
    "video_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT,
    "merged_into" TEXT,

    CONSTRAINT "video_speakers_pkey" PRIMARY KEY ("video_id","key")
);

-- CreateIndex
CREATE INDEX "glossary_terms_owner_id_term_idx" ON "glossary_terms"("owner_id", "term");

-- CreateIndex
CREATE UNIQUE INDEX "own_profiles_owner_id_name_key" ON "own_profiles"("owner_id", "name");

-- CreateIndex
CREATE INDEX "transcripts_video_id_idx" ON "transcripts"("video_id");

-- CreateIndex
CREATE INDEX "transcripts_owner_id_idx" ON "transcripts"("owner_id");

-- CreateIndex
CREATE INDEX "track_versions_job_id_idx" ON "track_versions"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "track_versions_track_id_revision_key" ON "track_versions"("track_id", "revision");

-- One track a language: what earlier jobs made in the same language becomes earlier versions of the
-- newest, with the edits made to it. Their revisions are below 0, where no edit is.
DO $$
DECLARE
  made record;
  edit record;
  state jsonb;
  seen int;
BEGIN
  FOR made IN
    SELECT id, job_id, created_at, row_number() OVER same AS number,
           last_value(id) OVER (same ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS keeper,
           (count(*) OVER (PARTITION BY video_id, language)) AS total
    FROM tracks WINDOW same AS (PARTITION BY video_id, language ORDER BY created_at, id)
    ORDER BY video_id, language, created_at, id
  LOOP
    IF made.id = made.keeper THEN
      INSERT INTO track_versions (track_id, number, revision, kind, job_id, created_at)
      VALUES (made.id, made.number, 0, 'job', made.job_id, made.created_at);
    ELSE
      SELECT cues, revision INTO state, seen FROM track_snapshots
      WHERE track_id = made.id ORDER BY revision DESC LIMIT 1;
      FOR edit IN
        SELECT operation FROM track_operations
        WHERE track_id = made.id AND revision > seen ORDER BY revision
      LOOP
        SELECT jsonb_agg(CASE WHEN cue ->> 'id' = edit.operation ->> 'cueId'
                              THEN jsonb_set(cue, '{text}', edit.operation -> 'text')
                              ELSE cue END ORDER BY place) INTO state
        FROM jsonb_array_elements(state) WITH ORDINALITY AS listed (cue, place);
      END LOOP;
      INSERT INTO track_snapshots (track_id, revision, cues, created_at)
      VALUES (made.keeper, made.number - made.total, state, made.created_at);
      INSERT INTO track_versions (track_id, number, revision, kind, job_id, created_at)
      VALUES (made.keeper, made.number, made.number - made.total, 'job', made.job_id, made.created_at);
      DELETE FROM tracks WHERE id = made.id;
    END IF;
  END LOOP;
END $$;

ALTER TABLE "tracks" DROP COLUMN "job_id";

-- CreateIndex
CREATE UNIQUE INDEX "tracks_video_id_language_key" ON "tracks"("video_id", "language");

-- AddForeignKey
ALTER TABLE "glossary_terms" ADD CONSTRAINT "glossary_terms_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_profiles" ADD CONSTRAINT "own_profiles_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcripts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_source_track_id_fkey" FOREIGN KEY ("source_track_id") REFERENCES "tracks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_terms" ADD CONSTRAINT "job_terms_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_speakers" ADD CONSTRAINT "job_speakers_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_translations" ADD CONSTRAINT "job_translations_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "translation_batches" ADD CONSTRAINT "translation_batches_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_preferences" ADD CONSTRAINT "job_preferences_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tracks" ADD CONSTRAINT "tracks_source_track_id_fkey" FOREIGN KEY ("source_track_id") REFERENCES "tracks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_versions" ADD CONSTRAINT "track_versions_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_versions" ADD CONSTRAINT "track_versions_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_speakers" ADD CONSTRAINT "video_speakers_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "track_versions"
  ADD CONSTRAINT "track_versions_kind_check" CHECK (kind IN ('job', 'kept', 'restored'));
