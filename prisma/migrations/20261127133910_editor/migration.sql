-- CreateEnum
CREATE TYPE "render_status" AS ENUM ('pending', 'processing', 'completed', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "tracks" ADD COLUMN     "review_state" TEXT NOT NULL DEFAULT 'draft',
ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by_id" UUID,
ADD COLUMN     "style" JSONB;

-- AlterTable
ALTER TABLE "track_snapshots" ADD COLUMN     "style" JSONB;

-- AlterTable
ALTER TABLE "track_operations" ADD COLUMN     "group_id" TEXT,
ADD COLUMN     "undoes" TEXT;

-- AlterTable
ALTER TABLE "track_versions" ADD COLUMN     "name" TEXT;

-- CreateTable
CREATE TABLE "editor_settings" (
    "user_id" UUID NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "editor_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "style_presets" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "style" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "style_presets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "video_renders" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "status" "render_status" NOT NULL DEFAULT 'pending',
    "options" JSONB NOT NULL DEFAULT '{}',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT,
    "size_bytes" BIGINT,
    "sha256" TEXT,
    "error_code" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancel_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "video_renders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "video_members" (
    "video_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "link_id" UUID,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "video_members_pkey" PRIMARY KEY ("video_id","user_id")
);

-- CreateTable
CREATE TABLE "share_links" (
    "id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cue_notes" (
    "id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "cue_id" TEXT NOT NULL,
    "author_id" UUID,
    "start_ms" INTEGER NOT NULL DEFAULT 0,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,

    CONSTRAINT "cue_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ignored_findings" (
    "track_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "cue_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ignored_findings_pkey" PRIMARY KEY ("track_id","key")
);

-- CreateTable
CREATE TABLE "track_places" (
    "track_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "cue_id" TEXT,
    "ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "track_places_pkey" PRIMARY KEY ("track_id","user_id")
);

-- CreateTable
CREATE TABLE "track_presence" (
    "track_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "cue_id" TEXT,
    "writing" BOOLEAN NOT NULL DEFAULT false,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "track_presence_pkey" PRIMARY KEY ("track_id","client_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "style_presets_owner_id_name_key" ON "style_presets"("owner_id", "name");

-- CreateIndex
CREATE INDEX "video_renders_video_id_created_at_idx" ON "video_renders"("video_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "video_renders_status_heartbeat_at_idx" ON "video_renders"("status", "heartbeat_at");

-- CreateIndex
CREATE UNIQUE INDEX "video_renders_owner_id_idempotency_key_key" ON "video_renders"("owner_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "video_members_user_id_idx" ON "video_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "share_links_token_hash_key" ON "share_links"("token_hash");

-- CreateIndex
CREATE INDEX "share_links_video_id_idx" ON "share_links"("video_id");

-- CreateIndex
CREATE INDEX "cue_notes_track_id_created_at_idx" ON "cue_notes"("track_id", "created_at");

-- CreateIndex
CREATE INDEX "track_places_user_id_idx" ON "track_places"("user_id");

-- CreateIndex
CREATE INDEX "track_presence_seen_at_idx" ON "track_presence"("seen_at");

-- CreateIndex
CREATE INDEX "track_operations_track_id_actor_id_revision_idx" ON "track_operations"("track_id", "actor_id", "revision" DESC);

-- AddForeignKey
ALTER TABLE "editor_settings" ADD CONSTRAINT "editor_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "style_presets" ADD CONSTRAINT "style_presets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_renders" ADD CONSTRAINT "video_renders_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_renders" ADD CONSTRAINT "video_renders_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_renders" ADD CONSTRAINT "video_renders_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_members" ADD CONSTRAINT "video_members_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_members" ADD CONSTRAINT "video_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_members" ADD CONSTRAINT "video_members_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "share_links"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cue_notes" ADD CONSTRAINT "cue_notes_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cue_notes" ADD CONSTRAINT "cue_notes_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ignored_findings" ADD CONSTRAINT "ignored_findings_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_places" ADD CONSTRAINT "track_places_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_places" ADD CONSTRAINT "track_places_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_presence" ADD CONSTRAINT "track_presence_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "tracks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_presence" ADD CONSTRAINT "track_presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "video_invitations" (
    "id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "video_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "video_invitations_video_id_email_key" ON "video_invitations"("video_id", "email");

-- CreateIndex
CREATE INDEX "video_invitations_email_idx" ON "video_invitations"("email");

-- AddForeignKey
ALTER TABLE "video_invitations" ADD CONSTRAINT "video_invitations_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the code never writes, a mistake can't either.
ALTER TABLE "track_versions" DROP CONSTRAINT "track_versions_kind_check";
ALTER TABLE "track_versions"
  ADD CONSTRAINT "track_versions_kind_check"
    CHECK (kind IN ('job', 'kept', 'restored', 'imported', 'named'));
ALTER TABLE "video_members"
  ADD CONSTRAINT "video_members_role_check" CHECK (role IN ('viewer', 'editor'));
ALTER TABLE "share_links"
  ADD CONSTRAINT "share_links_role_check" CHECK (role IN ('viewer', 'editor'));
ALTER TABLE "video_invitations"
  ADD CONSTRAINT "video_invitations_role_check" CHECK (role IN ('viewer', 'editor'));
ALTER TABLE "tracks"
  ADD CONSTRAINT "tracks_review_state_check"
    CHECK (review_state IN ('draft', 'in_review', 'approved'));
