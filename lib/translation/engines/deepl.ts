import "server-only";
import {
  DeepLClient,
  type SourceLanguageCode,
  type TargetLanguageCode,
  type TranslateTextOptions,
} from "deepl-node";
import { AppError } from "@/lib/errors";
import { createSemaphore } from "@/lib/semaphore";
import { cueTags, readPiece, writePiece } from "../cue-xml";
import {
  deeplSource,
  deeplTarget,
  ourSource,
  ourTarget,
  packagedLanguages,
} from "../deepl-languages";
import { sentencesOf } from "../grouping";
import type {
  Formality,
  TranslateOptions,
  TranslateResult,
  TranslationCapabilities,
  TranslationEngine,
} from "../types";
import { deeplError } from "./deepl-failure";
import { createGlossaries } from "./deepl-glossaries";
import { withRetries } from "./retry";

/** Requests under way at a time, for all jobs of the process together. */
const parallelRequests = 6;
/** How long one try may take; DeepL's quality model needs seconds for a scene. */
const timeoutMs = 60_000;
/** The same for lists, usage and glossaries: people wait for the first, and all can be done without. */
const deskTimeoutMs = 5_000;
const hourMs = 3_600_000;
/** After a list couldn't be had it is asked for again soon. */
const failedListMs = 60_000;
const usageMs = 60_000;

const formalities = {
  polite: "prefer_more",
  plain: "prefer_less",
} as const satisfies Record<Exclude<Formality, "default">, string>;

interface DeeplOptions {
  authKey: string;
  /** Default: DeepL's own, by the kind of key. */
  serverUrl?: string | undefined;
}

/** DeepL's text translation. */
export function createDeeplEngine({ authKey, serverUrl }: DeeplOptions): TranslationEngine {
  const connect = (minTimeout: number) =>
    new DeepLClient(authKey, {
      ...(serverUrl && { serverUrl: serverUrl.replace(/\/$/, "") }),
      // Counts all tries; ours can be aborted, the client's own can't.
      maxRetries: 1,
      minTimeout,
      sendPlatformInfo: false,
      appInfo: { appName: "ax2-caption", appVersion: "1" },
    });
  const client = connect(timeoutMs);
  const desk = connect(deskTimeoutMs);
  const inTurn = createSemaphore(parallelRequests);
  const glossaries = createGlossaries(desk);
  const lists = cached(() => liveCapabilities(desk), hourMs);
  const usage = cached(async () => (await desk.getUsage()).character, usageMs);

  async function ask(options: TranslateOptions): Promise<TranslateResult> {
    const { piece, source, target, signal } = options;
    const text = writePiece(sentencesOf(piece.cues));
    const { formality } = await capabilities();
    const request = async () =>
      client.translateText(
        text,
        deeplSource(source) as SourceLanguageCode,
        deeplTarget(target) as TargetLanguageCode,
        {
          ...textOptions(options, formality.includes(target)),
          ...(await glossaries.option(source, target, options.terms)),
        },
      );
    const { answer, requests } = await withRetries(
      request,
      glossaries.forgiving(deeplError),
      signal,
    );
    return {
      reply: readPiece(answer.text),
      billedCharacters: answer.billedCharacters ?? 0,
      requests,
    };
  }

  async function capabilities(): Promise<TranslationCapabilities> {
    try {
      return await lists();
    } catch (error) {
      const failure = deeplError(error);
      if (failure.code === "translation_unauthorized") throw failure;
      return packagedCapabilities;
    }
  }

  return {
    id: "deepl",
    model: "deepl",
    capabilities,
    translate: (options) => inTurn(() => ask(options), options.signal),
    async remainingCharacters() {
      try {
        const character = await usage();
        return character && Math.max(0, character.limit - character.count);
      } catch {
        // Whether there is room is found out by translating.
        return undefined;
      }
    },
  };
}

function textOptions(options: TranslateOptions, formality: boolean): TranslateTextOptions {
  const { before, after } = options.piece;
  const context = [before, after].filter((part) => part !== "").join("\n\n");
  return {
    tagHandling: "xml",
    tagHandlingVersion: "v2",
    // Every tag is ours, and the engine shouldn't guess which of them end a sentence.
    outlineDetection: false,
    splittingTags: [...cueTags.splitting],
    nonSplittingTags: [...cueTags.nonSplitting],
    splitSentences: "nonewlines",
    modelType: "prefer_quality_optimized",
    ...(context !== "" && { context }),
    ...(formality &&
      options.formality !== "default" && { formality: formalities[options.formality] }),
  };
}

const packagedCapabilities: TranslationCapabilities = {
  sources: packagedLanguages.sources.map(ourSource),
  targets: packagedLanguages.targets.map(ourTarget),
  formality: packagedLanguages.formality.map(ourTarget),
};

async function liveCapabilities(client: DeepLClient): Promise<TranslationCapabilities> {
  const [sources, targets] = await Promise.all([
    client.getSourceLanguages(),
    client.getTargetLanguages(),
  ]);
  if (sources.length === 0 || targets.length === 0) {
    throw new AppError("translation_failed", { detail: "deepl: empty lists of languages" });
  }
  return {
    sources: sources.map(({ code }) => ourSource(code)),
    targets: targets.map(({ code }) => ourTarget(code)),
    formality: targets.flatMap(({ code, supportsFormality }) =>
      supportsFormality ? [ourTarget(code)] : [],
    ),
  };
}

/** Asks again only after a time; everybody who asks meanwhile waits for the same answer. */
function cached<T>(load: () => Promise<T>, lifeMs: number): () => Promise<T> {
  let kept: { value: Promise<T>; untilMs: number } | undefined;
  return () => {
    if (!kept || Date.now() >= kept.untilMs) {
      const value = load();
      const entry = { value, untilMs: Date.now() + lifeMs };
      kept = entry;
      value.catch(() => {
        entry.untilMs = Math.min(entry.untilMs, Date.now() + failedListMs);
      });
    }
    return kept.value;
  };
}
