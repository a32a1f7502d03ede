import { diarizeModel, diarizeRefusal } from "./openai-diarize";
import type { TranscriptionForm } from "./openai-form";

/** What can go wrong at the service, on order. */
export type StandInFault =
  | { kind: "rate_limited"; retryAfterSeconds?: number }
  | { kind: "insufficient_quota" }
  | { kind: "unauthorized" }
  | { kind: "too_large" }
  | { kind: "server_error"; status?: 500 | 502 | 503 }
  /** The first part of the right answer. */
  | { kind: "truncated" }
  /** Another answer than the right one, with status 200. */
  | { kind: "answer"; body: string }
  /** The right answer, late. */
  | { kind: "slow"; delayMs: number }
  /** The connection breaks without an answer. */
  | { kind: "dropped" };

interface Refusal {
  status: number;
  body: { error: { message: string; type: string; param: string | null; code: string | null } };
  headers?: Record<string, string>;
}

const supported = ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"];
/** Hears better than whisper-1 and tells no times. */
export const carefulModel = "gpt-transcribe";
export const standInModels: readonly string[] = ["whisper-1", carefulModel, diarizeModel];
/** What its 413 quotes for whisper-1. */
const maxBytes = 26_214_400;

function refusal(
  status: number,
  message: string,
  more: { param?: string; code?: string; type?: string } = {},
): Refusal {
  const { param = null, code = null, type = "invalid_request_error" } = more;
  return { status, body: { error: { message, type, param, code } } };
}

const tooLarge = (bytes: number) =>
  refusal(413, `Maximum content size limit (${maxBytes}) exceeded (${bytes} bytes read)`);

function ofFault(
  fault: Exclude<StandInFault, { kind: "truncated" | "answer" | "slow" | "dropped" }>,
): Refusal {
  switch (fault.kind) {
    case "rate_limited": {
      const limited = refusal(429, "Rate limit reached for whisper-1.", {
        type: "requests",
        code: "rate_limit_exceeded",
      });
      const { retryAfterSeconds } = fault;
      return retryAfterSeconds === undefined
        ? limited
        : { ...limited, headers: { "retry-after": String(retryAfterSeconds) } };
    }
    case "insufficient_quota":
      return refusal(429, "You exceeded your current quota.", {
        type: "insufficient_quota",
        code: "insufficient_quota",
      });
    case "unauthorized":
      return wrongKey;
    case "too_large":
      return tooLarge(maxBytes + 1);
    case "server_error":
      return refusal(fault.status ?? 500, "The server had an error.", { type: "server_error" });
  }
}

/** The cases in which the real service refuses a form, with its status and words. */
function ofForm(form: TranscriptionForm, durationMs: number): Refusal | undefined {
  if (!form.model) return refusal(400, "you must provide a model parameter");
  if (!standInModels.includes(form.model)) {
    return refusal(404, `The model \`${form.model}\` does not exist.`, { code: "model_not_found" });
  }
  if (!form.file) return refusal(400, "you must provide a file", { param: "file" });
  if (form.file.bytes.length > maxBytes) return tooLarge(form.file.bytes.length);
  const ending = form.file.name.split(".").at(-1) ?? "";
  if (!supported.includes(ending)) {
    return refusal(400, `Unrecognized file format. Supported formats: ${supported}`);
  }
  if (durationMs === 0) return refusal(400, "The audio file could not be decoded.");
  if (durationMs < 100) {
    return refusal(400, "Audio file is too short. Minimum audio length is 0.1 seconds.", {
      param: "file",
      code: "audio_too_short",
    });
  }
  if (form.model === diarizeModel) {
    const reason = diarizeRefusal(form, durationMs);
    return reason && refusal(400, reason.message, reason);
  }
  if (form.responseFormat === "diarized_json") {
    return refusal(400, "response_format 'diarized_json' is not compatible with this model.", {
      param: "response_format",
      code: "unsupported_value",
    });
  }
  if (form.model === carefulModel && !["json", "text"].includes(form.responseFormat ?? "json")) {
    return refusal(400, `response_format is not compatible with model '${carefulModel}'.`, {
      param: "response_format",
      code: "unsupported_value",
    });
  }
  if (form.granularities.length > 0 && form.responseFormat !== "verbose_json") {
    return refusal(400, "timestamp_granularities need response_format verbose_json", {
      param: "timestamp_granularities",
    });
  }
  return undefined;
}

const wrongKey = refusal(401, "Incorrect API key provided: sk-****.", { code: "invalid_api_key" });

export const refusals = {
  ofFault,
  ofForm,
  wrongKey,
  unknownAddress: refusal(404, "Invalid URL"),
};
