import type { Variables } from "./env";

type Mode = "local" | "production";

/** Everything about the variables together that is missing or wrong, a line each. */
export function envProblems(env: Variables, mode: Mode): string[] {
  return [
    ...halfPairs(env),
    ...tossProblems(env, mode),
    ...translationProblems(env, mode),
    ...(mode === "production" ? productionGaps(env) : []),
  ];
}

const pairs: [keyof Variables, keyof Variables][] = [
  ["SMTP_URL", "MAIL_FROM"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["KAKAO_CLIENT_ID", "KAKAO_CLIENT_SECRET"],
  ["NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET"],
  ["TOSS_CLIENT_KEY", "TOSS_SECRET_KEY"],
];

function halfPairs(env: Variables): string[] {
  const problems = pairs
    .filter(([one, other]) => Boolean(env[one]) !== Boolean(env[other]))
    .map(([one, other]) => `${one} and ${other}: set both or neither`);
  const inngest = [env.INNGEST_EVENT_KEY, env.INNGEST_SIGNING_KEY];
  if (inngest.some(Boolean) && !inngest.every(Boolean)) {
    problems.push("INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY: set both or neither");
  }
  if (env.INNGEST_BASE_URL && !env.INNGEST_SIGNING_KEY) {
    problems.push("INNGEST_SIGNING_KEY: missing although INNGEST_BASE_URL is set");
  }
  if (env.LOCAL_SPEECH_URL && !env.LOCAL_SPEECH_TOKEN) {
    problems.push("LOCAL_SPEECH_TOKEN: missing although LOCAL_SPEECH_URL is set");
  }
  return problems;
}

/** Whose money, and whether the key is for widgets (g): `test_ck_...`, `live_gsk_...`. */
const tossKeyPattern = /^(?<money>test|live)_(?<kind>g?)(?<side>ck|sk)_/;

/** Keys that don't go together, and in production all that isn't Toss itself. */
function tossProblems(env: Variables, mode: Mode): string[] {
  const { TOSS_CLIENT_KEY, TOSS_SECRET_KEY, TOSS_API_URL, TOSS_SDK_URL } = env;
  const problems: string[] = [];
  if (TOSS_CLIENT_KEY && TOSS_SECRET_KEY) {
    const client = tossKeyPattern.exec(TOSS_CLIENT_KEY)?.groups;
    const secret = tossKeyPattern.exec(TOSS_SECRET_KEY)?.groups;
    if (client?.side !== "ck") problems.push("TOSS_CLIENT_KEY: not a client key of Toss Payments");
    if (secret?.side !== "sk") problems.push("TOSS_SECRET_KEY: not a secret key of Toss Payments");
    if (client && secret && (client.money !== secret.money || client.kind !== secret.kind)) {
      problems.push("TOSS_CLIENT_KEY and TOSS_SECRET_KEY: must be of the same kind");
    }
    if (mode === "production" && (client?.money === "test" || secret?.money === "test")) {
      problems.push("TOSS_CLIENT_KEY and TOSS_SECRET_KEY: test keys take no money");
    }
  }
  const addresses = { TOSS_API_URL, TOSS_SDK_URL };
  for (const [name, address] of Object.entries(addresses)) {
    if (!address) continue;
    if (!TOSS_SECRET_KEY) problems.push(`TOSS_SECRET_KEY: missing although ${name} is set`);
    if (mode === "production" && !isTossOrigin(address)) {
      problems.push(`${name}: must be an https:// address of tosspayments.com`);
    }
  }
  return problems;
}

/** An address without a key or a model, and in production a DeepL that isn't DeepL. */
function translationProblems(env: Variables, mode: Mode): string[] {
  const { DEEPL_AUTH_KEY, DEEPL_SERVER_URL, TRANSLATION_MODEL } = env;
  const problems: string[] = [];
  if (DEEPL_SERVER_URL && !DEEPL_AUTH_KEY) {
    problems.push("DEEPL_AUTH_KEY: missing although DEEPL_SERVER_URL is set");
  }
  if (DEEPL_SERVER_URL && mode === "production" && !isDeeplOrigin(DEEPL_SERVER_URL)) {
    problems.push("DEEPL_SERVER_URL: must be an https:// address of deepl.com");
  }
  if (!TRANSLATION_MODEL && (env.TRANSLATION_API_KEY || env.TRANSLATION_BASE_URL)) {
    problems.push("TRANSLATION_MODEL: missing although its key or address is set");
  }
  if (TRANSLATION_MODEL && !env.TRANSLATION_API_KEY && !env.TRANSLATION_BASE_URL) {
    if (!env.OPENAI_API_KEY || env.OPENAI_BASE_URL) {
      problems.push("TRANSLATION_API_KEY or TRANSLATION_BASE_URL: missing for TRANSLATION_MODEL");
    }
  }
  if (Boolean(env.SPEAKER_SEGMENTATION_MODEL) !== Boolean(env.SPEAKER_EMBEDDING_MODEL)) {
    problems.push("SPEAKER_SEGMENTATION_MODEL and SPEAKER_EMBEDDING_MODEL: set both or neither");
  }
  return problems;
}

function isDeeplOrigin(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" && /(^|\.)deepl\.com$/.test(hostname);
}

/** True for https addresses of Toss Payments' own hosts. */
export function isTossOrigin(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" && /(^|\.)tosspayments\.com$/.test(hostname);
}

function productionGaps(env: Variables): string[] {
  const needed: [keyof Variables, string][] = [
    ["APP_URL", "the public address"],
    ["DATABASE_URL", "a Postgres server"],
    ["AUTH_SECRET", "at least 32 random characters"],
    ["SMTP_URL", "a mail server"],
  ];
  const problems = needed
    .filter(([name]) => !env[name])
    .map(([name, what]) => `${name}: missing (${what})`);
  if (env.APP_URL && !env.APP_URL.startsWith("https://"))
    problems.push("APP_URL: must start with https://");
  if (!env.BLOB_READ_WRITE_TOKEN && !env.STORAGE_DIR) {
    problems.push("BLOB_READ_WRITE_TOKEN or STORAGE_DIR: missing (where videos are kept)");
  }
  if (env.TRUSTED_PROXY_HOPS === undefined) {
    problems.push("TRUSTED_PROXY_HOPS: missing (0 where no proxy stands in front; 1 on Vercel)");
  }
  if (env.IDENTITY_PROVIDERS_URL) {
    problems.push("IDENTITY_PROVIDERS_URL: only for tests, never in production");
  }
  if (env.VERCEL && !env.INNGEST_SIGNING_KEY) {
    problems.push("INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY: missing (no worker runs on Vercel)");
  }
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL && !env.LOCAL_SPEECH_URL) {
    problems.push(
      "OPENAI_API_KEY, OPENAI_BASE_URL or LOCAL_SPEECH_URL: missing (speech recognition)",
    );
  }
  return problems;
}
