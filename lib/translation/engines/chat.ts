import "server-only";
import OpenAI, { APIError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { createSemaphore } from "@/lib/semaphore";
import { literalMarkup, plainText } from "@/lib/subtitles/markup";
import type {
  PieceReply,
  ShortenOptions,
  TranslateOptions,
  TranslationCapabilities,
  TranslationEngine,
} from "../types";
import { chatError } from "./chat-failure";
import {
  chatReply,
  pieceMessage,
  shorteningInstructions,
  shorteningMessage,
  translationInstructions,
} from "./chat-prompt";
import { withRetries } from "./retry";

/** Requests under way at a time; a model on this machine answers one after the other anyway. */
const parallelRequests = 4;
/** How long one try may take; Node's fetch gives up on silent servers after 5 minutes. */
const timeoutMs = 120_000;

/** Languages in which politeness is in the grammar or the pronouns, so that a model can be told. */
const formality =
  "ko ja de fr es es-419 it pt-BR pt-PT nl pl cs sk sl hr sr bs bg mk ro hu ru uk be el tr fa hi bn ur ta te ml mr gu pa id ms jv su vi th lo km my zh-Hans zh-Hant fi et lv lt".split(
    " ",
  );

const capabilities: TranslationCapabilities = { targets: [], sources: [], formality };

interface ChatOptions {
  model: string;
  apiKey: string;
  /** Ends in `/v1`. Default: OpenAI's own. */
  baseUrl?: string | undefined;
}

/** How the shape of the answer is asked for; servers differ in what they know. */
const formats = ["json_schema", "json_object", "text"] as const;
type Format = (typeof formats)[number];

/** A chat model behind OpenAI's protocol: OpenAI, a compatible service, or one on this machine. */
export function createChatEngine({ model, apiKey, baseUrl }: ChatOptions): TranslationEngine {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl ?? "https://api.openai.com/v1",
    timeout: timeoutMs,
    maxRetries: 0,
  });
  const inTurn = createSemaphore(parallelRequests);
  let format: Format = "json_schema";

  /** One request in the shape that this server takes; a refused shape is not tried again. */
  async function complete(instructions: string, message: string, signal?: AbortSignal) {
    for (;;) {
      const asked = format;
      try {
        return await client.chat.completions.create(
          {
            model,
            messages: [
              { role: "system", content: instructions },
              { role: "user", content: message },
            ],
            ...responseFormat(asked),
          },
          signal ? { signal } : {},
        );
      } catch (error) {
        const next = formats[formats.indexOf(asked) + 1];
        if (!next || !refusesFormat(error)) throw error;
        if (format === asked) format = next;
      }
    }
  }

  async function ask(instructions: string, message: string, signal: AbortSignal | undefined) {
    const { answer, requests } = await withRetries(
      () => complete(instructions, message, signal),
      chatError,
      signal,
    );
    return { ...readReply(answer.choices?.[0]), requests };
  }

  return {
    id: "chat",
    model,
    capabilities: async () => capabilities,
    remainingCharacters: async () => undefined,
    translate: (options: TranslateOptions) =>
      inTurn(async () => {
        const message = pieceMessage(options.piece, options.terms);
        const { cues, refused, requests } = await ask(
          translationInstructions(options),
          message,
          options.signal,
        );
        const reply = { ...replyOf(cues, options.piece.cues.length), refused };
        return { reply, billedCharacters: 0, requests };
      }, options.signal),
    shorten: (options: ShortenOptions) =>
      inTurn(async () => {
        const message = shorteningMessage(options.texts, options.terms);
        const { cues, requests } = await ask(
          shorteningInstructions(options),
          message,
          options.signal,
        );
        const reply = replyOf(cues, options.texts.length);
        const texts = options.texts.map((_, index) => {
          const found = reply.cues.filter((cue) => cue.index === index);
          return found.length === 1 ? found[0]?.text : undefined;
        });
        return { texts, requests };
      }, options.signal),
  };
}

function responseFormat(format: Format) {
  if (format === "json_schema")
    return { response_format: zodResponseFormat(chatReply, "subtitles") };
  if (format === "json_object") return { response_format: { type: "json_object" as const } };
  return {};
}

/** A server that doesn't know a format says so with a 400 or 422 that names it, or as not there. */
function refusesFormat(error: unknown): boolean {
  if (!(error instanceof APIError)) return false;
  if (error.status !== 400 && error.status !== 422 && error.status !== 501) return false;
  return /response_?format|json_?schema|json_?object|structured|grammar/i.test(error.message);
}

interface Choice {
  finish_reason?: string | null;
  message?: { content?: string | null; refusal?: string | null };
}

/**
 * The cues of an answer; none when it refuses, is cut off or is no JSON: that reads as all cues
 * lost, and is tried again in smaller parts, which is what helps against each of these.
 */
function readReply(choice: Choice | undefined): {
  cues: { id: string; text: string }[];
  refused: boolean;
} {
  const { content, refusal } = choice?.message ?? {};
  const refused = Boolean(refusal) || choice?.finish_reason === "content_filter";
  return { cues: refused || !content ? [] : readCues(content), refused };
}

function readCues(content: string): { id: string; text: string }[] {
  const from = content.indexOf("{");
  const to = content.lastIndexOf("}");
  if (from === -1 || to < from) return [];
  try {
    const parsed = chatReply.safeParse(JSON.parse(content.slice(from, to + 1)));
    return parsed.success ? parsed.data.cues : [];
  } catch {
    return [];
  }
}

function replyOf(cues: { id: string; text: string }[], count: number): PieceReply {
  return {
    cues: cues.map(({ id, text }) => {
      const place = /^\d{1,6}$/.test(id) ? Number(id) - 1 : -1;
      return { index: place < count ? place : -1, text: tidy(text) };
    }),
    stray: false,
  };
}

/** One line; tags other than the light ones, and unbalanced ones, become text. */
function tidy(text: string): string {
  const line = text.toWellFormed().replaceAll("\0", "").replace(/\s+/gu, " ").trim();
  return balanced(line) ? line : literalMarkup(plainText(line));
}

function balanced(text: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ""] of text.matchAll(/<(\/?)([biu])>/g)) {
    if (!slash) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
