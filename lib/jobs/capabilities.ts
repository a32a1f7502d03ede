import "server-only";
import { speechEngine, speechStatus } from "@/lib/speech";
import { speakerEngineStatuses } from "@/lib/speech/diarization";
import { translationStatus } from "@/lib/translation";
import type { CapabilitiesView } from "./schema";

/** What this installation can do. Asks services for their lists at most now and then. */
export async function captionCapabilities(): Promise<CapabilitiesView> {
  const speech = speechStatus();
  const qualities = speech.available ? speechEngine().capabilities.qualities : [];
  return {
    speech: { ...speech, qualities },
    translation: await translationStatus(),
    speakers: speakerEngineStatuses(),
  };
}
