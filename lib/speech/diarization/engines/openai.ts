import "server-only";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import OpenAI from "openai";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { extractChunk } from "@/lib/media";
import { type Chunk, planChunks } from "../../chunks";
import { speechError } from "../../engines/failure";
import { type LabelledSegment, matchLabels, referenceSpans } from "../labels";
import { joinTurns, numberSpeakers } from "../turns";
import type { DiarizeOptions, SpeakerEngine, SpeakerTurn } from "../types";

/** The service refuses audio of more than 1,400 s; the rest is room for rounding. */
const chunkMaxMs = 1_380_000;
/** As few seams as possible: at each the speakers have to be recognised again. */
const chunkTargetMs = 1_200_000;
/** Pauses within what one person says, ms. */
const pauseMs = 1_000;
const timeoutMs = 270_000;

interface OpenAiSpeakerOptions {
  model: string;
  apiKey: string;
  /** Ends in `/v1`. Default: OpenAI's own. */
  baseUrl?: string;
  /** Tries after the first one that the client makes by itself. The durable step owns the rest. */
  maxRetries?: number;
}

const diarizedJson = z.object({
  segments: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.string() })),
});

/**
 * OpenAI's model that tells speakers apart. It names them anew in each request, so clips of those
 * who are known go along from the second chunk on: at most four, of those who spoke the most.
 */
export function createOpenAiEngine(options: OpenAiSpeakerOptions): SpeakerEngine {
  const { model, maxRetries = 1 } = options;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? "https://api.openai.com/v1",
    timeout: timeoutMs,
    maxRetries,
  });

  async function ask(file: string, references: Reference[], signal: AbortSignal | undefined) {
    const known = references.length > 0 && {
      known_speaker_names: references.map(({ name }) => name),
      known_speaker_references: references.map(({ clip }) => clip),
    };
    const response = await client.audio.transcriptions
      .create(
        {
          file: new File([await fs.openAsBlob(file)], path.basename(file)),
          model,
          response_format: "diarized_json",
          chunking_strategy: "auto",
          ...known,
        },
        { signal },
      )
      .asResponse();
    const answer = diarizedJson.safeParse(parseJson(await response.text()));
    if (answer.success) return answer.data.segments;
    throw new AppError("speech_bad_answer", { detail: answer.error.issues[0]?.message ?? "" });
  }

  async function diarizeIn(folder: string, call: DiarizeOptions): Promise<SpeakerTurn[]> {
    const { durationMs, speech, onProgress, signal } = call;
    const chunks = planChunks({
      ...{ speech, durationMs, targetMs: chunkTargetMs, maxMs: chunkMaxMs },
    });
    let turns: SpeakerTurn[] = [];
    for (const chunk of chunks) {
      const file = path.join(folder, `speakers-${chunk.index}.flac`);
      await extractChunk({ ...chunk, input: call.path, output: file, signal });
      const references = await clipsOf(turns, folder, call);
      const segments = await ask(file, references, signal);
      await fs.promises.rm(file);
      const heard = segments.map((segment) => inVideo(segment, chunk)).filter(isLong);
      const known = references.map(({ name }) => name);
      turns = [...turns, ...matchLabels({ heard, known, earlier: turns, speakers: call.speakers })];
      onProgress?.((chunk.index + 1) / chunks.length);
    }
    return numberSpeakers(joinTurns(turns, pauseMs));
  }

  return {
    id: "openai",
    model,
    async diarize(call) {
      const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), "ax2-speakers-"));
      try {
        return await diarizeIn(folder, call);
      } catch (error) {
        call.signal?.throwIfAborted();
        throw speakerError(error);
      } finally {
        await fs.promises.rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Reference {
  name: string;
  /** Data address of 2 to 10 s of the voice. */
  clip: string;
}

/** A clip of each of the speakers known best. */
async function clipsOf(
  turns: readonly SpeakerTurn[],
  folder: string,
  { path: input, signal }: DiarizeOptions,
): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const { speaker, startMs, endMs } of referenceSpans(turns)) {
    const output = path.join(folder, "reference.flac");
    await extractChunk({ input, output, startMs, endMs, signal });
    const bytes = await fs.promises.readFile(output);
    references.push({ name: speaker, clip: `data:audio/flac;base64,${bytes.toString("base64")}` });
  }
  return references;
}

function inVideo(segment: LabelledSegment, chunk: Chunk): SpeakerTurn {
  const at = (seconds: number) =>
    Math.min(chunk.endMs, Math.max(chunk.startMs, chunk.startMs + Math.round(seconds * 1000)));
  return { startMs: at(segment.start), endMs: at(segment.end), speaker: segment.speaker };
}

const isLong = ({ startMs, endMs }: SpeakerTurn) => endMs > startMs;

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError("speech_bad_answer", { detail: "not JSON, or cut off", cause });
  }
}

/** The speech service's failures; what may pass is a failure of telling speakers apart. */
function speakerError(error: unknown): AppError {
  const { code, detail, retryAfterMs } = speechError(error);
  const more = { ...(detail && { detail }), cause: error };
  if (code === "speech_failed" || code === "speech_bad_answer") {
    return new AppError("speakers_failed", more);
  }
  return new AppError(code, { ...more, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
