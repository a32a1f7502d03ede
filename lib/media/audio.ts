import "server-only";
import { AppError } from "@/lib/errors";
import { ffmpegArguments, progressReader, reportProgress } from "./command";
import { openInput } from "./input";
import { audioLimits, limits } from "./limits";
import { writeWhole } from "./output";
import { chooseAudio } from "./policy";
import { probe } from "./probe";
import { run } from "./run";
import type { ExtractAudioOptions, ExtractChunkOptions } from "./schema";
import { copyStretch, SPEECH_SAMPLE_RATE } from "./speech-wav";

/**
 * The sound of a video as WAV, 16 kHz, mono, 16 bit. Time 0 is the video's: sound that starts
 * later is preceded by silence, and gaps inside keep their length.
 * @throws {AppError} audio_stream_missing, and those of `probe` and of a failed run.
 */
export async function extractAudio(options: ExtractAudioOptions): Promise<void> {
  const { input, output, durationMs, signal, onProgress } = options;
  const source = await openInput(input);
  const streamIndex = options.streamIndex ?? (await defaultStream(input, signal));
  await writeWhole(output, async (temporary) => {
    const args = ffmpegArguments(source, (command) =>
      command
        .outputOptions(["-map", `0:${streamIndex}`, "-map_metadata", "-1"])
        .audioFilters("aresample=async=1:first_pts=0")
        .audioCodec("pcm_s16le")
        .audioChannels(1)
        .audioFrequency(SPEECH_SAMPLE_RATE)
        .outputOptions(["-bitexact", ...reportProgress])
        .format("wav")
        .output(temporary),
    );
    await run({
      tool: "ffmpeg",
      args,
      lane: "audio",
      limits: audioLimits(durationMs),
      signal,
      onStdout: progressReader(durationMs, onProgress),
    });
  });
  onProgress?.(1);
}

async function defaultStream(input: string, signal: AbortSignal | undefined): Promise<number> {
  const { audio } = await probe({ path: input, signal });
  const stream = chooseAudio(audio);
  if (!stream) throw new AppError(audio.length > 0 ? "codec_unsupported" : "audio_stream_missing");
  return stream.index;
}

/**
 * The stretch from `startMs` to `endMs` of a WAV made by `extractAudio`. At 16 kHz each ms is 16
 * samples, so the cut is exact and chunks laid end to end are the whole again. A WAV is copied out
 * at once; FLAC takes a process of ffmpeg, 0.1 s.
 */
export async function extractChunk(options: ExtractChunkOptions): Promise<void> {
  const { input, output, startMs, endMs, signal } = options;
  if (!(startMs >= 0 && endMs > startMs)) {
    throw new RangeError(`no stretch from ${startMs} to ${endMs} ms`);
  }
  await writeWhole(output, async (temporary) => {
    if (output.endsWith(".wav")) {
      return copyStretch({ input, output: temporary, startMs, endMs, signal });
    }
    const args = ffmpegArguments(
      { path: input, kind: "wav" },
      (command) =>
        command
          .audioCodec("flac")
          .outputOptions(["-map_metadata", "-1", "-bitexact"])
          .format("flac")
          .output(temporary),
      { seekMs: startMs, lengthMs: endMs - startMs },
    );
    await run({ tool: "ffmpeg", args, lane: "quick", limits: limits.chunk, signal });
  });
}
