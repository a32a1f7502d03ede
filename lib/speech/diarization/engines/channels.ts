import "server-only";
import { AppError } from "@/lib/errors";
import { distinctChannels, measureChannels } from "@/lib/media";
import { turnsFromChannels } from "../channel-turns";
import type { SpeakerEngine } from "../types";

/**
 * A channel is a speaker: for recordings with a microphone each. Needs nothing but the file.
 * @throws {AppError} speakers_unavailable with the detail `mono` where all channels are one sound
 */
export function createChannelEngine(): SpeakerEngine {
  return {
    id: "channels",
    model: "channels",
    async diarize({ originalPath, durationMs, speech, speakers, onProgress, signal }) {
      const sound = await measureChannels({ path: originalPath, durationMs, onProgress, signal });
      if (distinctChannels(sound) < 2)
        throw new AppError("speakers_unavailable", { detail: "mono" });
      return turnsFromChannels({ ...sound, speech, speakers });
    },
  };
}
