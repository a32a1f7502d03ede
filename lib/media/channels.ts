import "server-only";
import { AppError } from "@/lib/errors";
import { ffmpegArguments } from "./command";
import { openInput } from "./input";
import { audioLimits } from "./limits";
import { chooseAudio } from "./policy";
import { probe } from "./probe";
import { run } from "./run";
import type { ChannelLevels, MeasureChannelsOptions } from "./schema";

/** Enough for the loudness of voices; Hz. */
const sampleRate = 8_000;
/** The length of what one level describes, ms. */
const windowMs = 20;
const windowSamples = (sampleRate * windowMs) / 1000;
/** More than recorders write; layouts with more are of films, not of people. */
const maxChannels = 8;
/** What silence reads as, dB. */
const floorDb = -96;

/**
 * How loud each channel of a file's sound is over time, one level every 20 ms, from the video's
 * time 0. Rumble below voices doesn't count. Memory: 200 bytes a second and channel.
 * @throws {AppError} audio_stream_missing, and those of `probe` and of a failed run.
 */
export async function measureChannels(options: MeasureChannelsOptions): Promise<ChannelLevels> {
  const { path, durationMs, fromMs = 0, lengthMs, onProgress, signal } = options;
  const source = await openInput(path);
  const { audio } = await probe({ path, signal });
  const stream = chooseAudio(audio);
  if (!stream) throw new AppError(audio.length > 0 ? "codec_unsupported" : "audio_stream_missing");
  const channels = Math.min(stream.channels, maxChannels);
  const meter = createMeter(channels);
  const args = ffmpegArguments(
    source,
    (command) =>
      command
        .outputOptions(["-map", `0:${stream.index}`])
        .audioFilters([
          "aresample=async=1:first_pts=0",
          // The first channels as they are: a layout's own mixing would blend them.
          `pan=${channels}c|${Array.from({ length: channels }, (_, at) => `c${at}=c${at}`).join("|")}`,
          "highpass=f=100",
        ])
        .audioCodec("pcm_s16le")
        .audioFrequency(sampleRate)
        .format("s16le")
        .output("pipe:1"),
    { seekMs: fromMs, ...(lengthMs !== undefined && { lengthMs }) },
  );
  const wholeMs = lengthMs ?? durationMs;
  await run({
    tool: "ffmpeg",
    args,
    lane: lengthMs === undefined ? "audio" : "quick",
    limits: audioLimits(durationMs),
    signal,
    onStdout: (chunk) => {
      meter.take(chunk);
      onProgress?.(Math.min(1, (meter.windows() * windowMs) / Math.max(1, wholeMs)));
    },
  });
  return { windowMs, levels: meter.finish() };
}

function createMeter(channels: number) {
  const levels: number[][] = Array.from({ length: channels }, () => []);
  const frameBytes = channels * 2;
  const sums = new Float64Array(channels);
  let counted = 0;
  let rest: Buffer = Buffer.alloc(0);
  const closeWindow = () => {
    for (let channel = 0; channel < channels; channel++) {
      const power = (sums[channel] ?? 0) / counted / 32_768 ** 2;
      levels[channel]?.push(power > 0 ? Math.max(floorDb, 10 * Math.log10(power)) : floorDb);
    }
    sums.fill(0);
    counted = 0;
  };
  return {
    windows: () => levels[0]?.length ?? 0,
    take(chunk: Buffer) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const whole = bytes.length - (bytes.length % frameBytes);
      for (let at = 0; at < whole; at += frameBytes) {
        for (let channel = 0; channel < channels; channel++) {
          const sample = bytes.readInt16LE(at + channel * 2);
          sums[channel] = (sums[channel] ?? 0) + sample * sample;
        }
        counted += 1;
        if (counted === windowSamples) closeWindow();
      }
      rest = bytes.subarray(whole);
    },
    finish(): Float32Array[] {
      if (counted > 0) closeWindow();
      return levels.map((values) => Float32Array.from(values));
    },
  };
}

/** A voice in one channel is this much louder there than in the others, dB. */
const apartDb = 6;
/** Quieter than this nobody speaks, dB. */
const audibleDb = -50;
/** Share of the audible time that has to be apart before channels count as different. */
const apartShare = 0.1;

/**
 * How many channels carry voices of their own: 1 where all channels are the same sound, as in most
 * films and clips, however many there are.
 */
export function distinctChannels({ levels }: ChannelLevels): number {
  const leads = levels.map(() => 0);
  let audible = 0;
  for (let at = 0; at < (levels[0]?.length ?? 0); at++) {
    const here = levels.map((channel) => channel[at] ?? floorDb);
    const [loudest = floorDb, second = floorDb] = here.toSorted((a, b) => b - a);
    if (loudest < audibleDb) continue;
    audible += 1;
    const channel = here.indexOf(loudest);
    if (loudest - second >= apartDb) leads[channel] = (leads[channel] ?? 0) + 1;
  }
  const apart = leads.reduce((sum, count) => sum + count, 0);
  if (audible === 0 || apart < audible * apartShare) return 1;
  return Math.max(1, leads.filter((count) => count >= apart * 0.02).length);
}
