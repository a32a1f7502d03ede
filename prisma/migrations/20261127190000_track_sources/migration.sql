-- CreateIndex
CREATE INDEX "tracks_source_track_id_idx" ON "tracks"("source_track_id");

-- CreateIndex
CREATE INDEX "trial_devices_claimed_by_idx" ON "trial_devices"("claimed_by");
