import { z } from "zod";
import { envProblems } from "./env-problems";

/**
 * Every variable the product reads, in one place. Nothing else touches `process.env`.
 * `local` mode embeds what isn't configured; `production` mode embeds nothing and refuses to
 * start half-configured. `.env.example` says the same in prose; a test compares the two.
 */
const text = z.string().trim().min(1);
const url = z.url();
const flag = z.enum(["0", "1"]).transform((value) => value === "1");

export const envSchema = z.object({
  AX2_MODE: z
    .enum(["local", "production"])
    .optional()
    .describe("local embeds what isn't configured; production refuses to."),
  APP_URL: url
    .optional()
    .describe("Public address of the product, e.g. https://caption.example.com."),
  PORT: z.coerce.number().int().min(1).max(65_535).optional().describe("Port of the web server."),
  AX2_DATA_DIR: text.optional().describe("Folder of the embedded services' data. Default: .data"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .optional()
    .describe("Default: info."),
  TRUSTED_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How many proxies in front may be believed about the client's address. Default: 0."),

  DATABASE_URL: url.optional().describe("Postgres 15 or newer. Without it: an embedded server."),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .optional()
    .describe("Connections per process. Default: 10."),

  AUTH_SECRET: z
    .string()
    .min(32)
    .regex(/^[^,]*$/, "must not contain commas: they separate the secrets before it")
    .optional()
    .describe(
      "At least 32 characters; signs sessions and upload tokens, seals what is kept secret.",
    ),
  AUTH_SECRET_PREVIOUS: z
    .string()
    .min(32)
    .optional()
    .describe("Earlier AUTH_SECRETs, with commas between: open what was sealed with them."),

  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      "Mail server: smtp://user:password@host:587 or smtps://. Without it: an outbox page.",
    ),
  MAIL_FROM: text.optional().describe("Sender: AX2 Caption <no-reply@example.com>."),

  GOOGLE_CLIENT_ID: text.optional().describe("Log-in with Google."),
  GOOGLE_CLIENT_SECRET: text.optional(),
  KAKAO_CLIENT_ID: text.optional().describe("Log-in with Kakao: the REST API key."),
  KAKAO_CLIENT_SECRET: text.optional(),
  NAVER_CLIENT_ID: text.optional().describe("Log-in with Naver."),
  NAVER_CLIENT_SECRET: text.optional(),
  IDENTITY_PROVIDERS_URL: url
    .optional()
    .describe(
      "Loopback stand-ins of the three identity providers, for tests; refused in production.",
    ),

  BLOB_READ_WRITE_TOKEN: text
    .optional()
    .describe("Vercel Blob. Without it: files on the local disk."),
  STORAGE_DIR: text
    .optional()
    .describe("Folder of the local storage engine. Default: AX2_DATA_DIR/storage"),

  INNGEST_EVENT_KEY: text
    .optional()
    .describe("Inngest Cloud or self-hosted: key for sending events."),
  INNGEST_SIGNING_KEY: text.optional().describe("Inngest: key that signs its calls to us."),
  INNGEST_BASE_URL: url.optional().describe("Self-hosted Inngest."),

  OPENAI_API_KEY: text.optional().describe("Speech recognition by OpenAI or a compatible service."),
  OPENAI_BASE_URL: url
    .optional()
    .describe("Base address of an OpenAI-compatible service, ending in /v1."),
  SPEECH_MODEL: text.optional().describe("Speech model of that service. Default: whisper-1."),
  LOCAL_SPEECH_URL: url.optional().describe("Set by npm start: the local Whisper server."),
  LOCAL_SPEECH_TOKEN: text
    .optional()
    .describe("Set by npm start: the local Whisper server's token."),
  LOCAL_SPEECH_PROBLEM: text
    .optional()
    .describe("Set by npm start: why there is no local Whisper server."),
  LOCAL_SPEECH: flag.optional().describe("0 leaves the local Whisper server out. Default: 1."),
  SPEECH_QUALITY_MODEL: text
    .optional()
    .describe(
      "A more careful model of that service; its text goes onto the times of SPEECH_MODEL.",
    ),
  SPEAKER_MODEL: text
    .optional()
    .describe(
      "That service's model that tells speakers apart. Default at OpenAI: gpt-4o-transcribe-diarize.",
    ),
  SPEAKER_SEGMENTATION_MODEL: text
    .optional()
    .describe("ONNX file (pyannote segmentation) for telling speakers apart on this machine."),
  SPEAKER_EMBEDDING_MODEL: text
    .optional()
    .describe("ONNX file of a speaker embedding model, beside the segmentation."),

  DEEPL_AUTH_KEY: text.optional().describe("Translation by DeepL."),
  DEEPL_SERVER_URL: url
    .optional()
    .describe("Default: DeepL's own, by the kind of key. Loopback in tests; not in production."),
  TRANSLATION_MODEL: text
    .optional()
    .describe("Chat model that translates what DeepL can't, and when DeepL is down."),
  TRANSLATION_API_KEY: text
    .optional()
    .describe("Key of that model's service. Default: OPENAI_API_KEY at OpenAI."),
  TRANSLATION_BASE_URL: url
    .optional()
    .describe("Its address, ending in /v1: OpenAI-compatible, also on this machine."),

  WHISPER_MODEL: text.optional().describe("Size of the local Whisper model. Default: base."),

  TOSS_CLIENT_KEY: text.optional().describe("Toss Payments: client key, for the browser."),
  TOSS_SECRET_KEY: text.optional().describe("Toss Payments: secret key of the same kind."),
  TOSS_API_URL: url.optional().describe("Default: https://api.tosspayments.com."),
  TOSS_SDK_URL: url.optional().describe("Script of the payment window. Default: the SDK's own."),

  TRIAL_VISITORS_PER_DAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe("People who may try without an account in a day; 0: nobody. Default: 200."),

  FFMPEG_PATH: text
    .optional()
    .describe("ffmpeg to use. Default: the system's, else the packaged one."),
  FFPROBE_PATH: text
    .optional()
    .describe("ffprobe to use. Default: the system's, else the packaged one."),

  NODE_ENV: z.enum(["development", "production", "test"]).optional().describe("Set by Node tools."),
  VERCEL: text.optional().describe("Set by Vercel; means production mode."),
});

export type Variables = z.output<typeof envSchema>;

export interface Env extends Variables {
  mode: "local" | "production";
  dataDir: string;
  storageDir: string;
  authSecret: string;
  /** Secrets before it, newest first. */
  previousSecrets: string[];
  /** SMTP, or a page of the product that shows every mail. */
  mailEngine: "smtp" | "outbox";
  /** Which machinery runs the Inngest functions. */
  jobEngine: "local" | "inngest";
  storageEngine: "local" | "vercel-blob";
}

/** Half-configured: names every variable that is missing or wrong. */
export class EnvError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The configuration is incomplete:\n${problems.map((line) => `  - ${line}`).join("\n")}`);
    this.name = "EnvError";
    this.problems = problems;
  }
}

/**
 * Reads and checks the variables of `source`.
 * @throws {EnvError} with one line for each thing that is missing or wrong.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = envSchema.safeParse(filled);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    );
  }
  const env = parsed.data;
  const mode = env.AX2_MODE ?? (env.VERCEL ? "production" : "local");
  const problems = envProblems(env, mode);
  if (mode === "local" && !env.AUTH_SECRET)
    problems.push("AUTH_SECRET: missing (npm start makes one)");
  if (problems.length > 0) throw new EnvError(problems);
  const dataDir = env.AX2_DATA_DIR ?? ".data";
  return {
    ...env,
    mode,
    dataDir,
    storageDir: env.STORAGE_DIR ?? `${dataDir}/storage`,
    authSecret: env.AUTH_SECRET ?? "",
    previousSecrets: (env.AUTH_SECRET_PREVIOUS ?? "")
      .split(",")
      .flatMap((each) => each.trim() || []),
    mailEngine: env.SMTP_URL ? "smtp" : "outbox",
    jobEngine: env.INNGEST_SIGNING_KEY ? "inngest" : "local",
    storageEngine: env.BLOB_READ_WRITE_TOKEN ? "vercel-blob" : "local",
  };
}

let cached: Env | undefined;

/** The checked variables of this process; read lazily so that a build needs no secrets. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}
