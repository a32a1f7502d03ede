import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EnvError, envSchema, readEnv } from "@/lib/env";

const secret = "s".repeat(32);
const local = { AUTH_SECRET: secret };
const production = {
  AX2_MODE: "production",
  APP_URL: "https://caption.example.com",
  DATABASE_URL: "postgresql://user:password@db.example.com:5432/ax2",
  AUTH_SECRET: secret,
  STORAGE_DIR: "/srv/storage",
  OPENAI_API_KEY: "sk-test",
  SMTP_URL: "smtps://user:password@mail.example.com:465",
  MAIL_FROM: "AX2 Caption <no-reply@caption.example.com>",
  TRUSTED_PROXY_HOPS: "1",
};

/** The problems that `source` is refused for; none when it is accepted. */
function problemsOf(source: Record<string, string | undefined>): string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

const inngest = { INNGEST_EVENT_KEY: "event-key", INNGEST_SIGNING_KEY: "signkey-test-00" };

describe("readEnv", () => {
  it("needs nothing but a secret in local mode and embeds the rest", () => {
    expect(readEnv(local)).toMatchObject({
      mode: "local",
      dataDir: ".data",
      storageDir: ".data/storage",
      authSecret: secret,
      jobEngine: "local",
      storageEngine: "local",
    });
  });

  it("takes the secrets before this one apart", () => {
    expect(readEnv(local).previousSecrets).toEqual([]);
    const earlier = ["a".repeat(32), "b".repeat(32)];
    const env = readEnv({ ...local, AUTH_SECRET_PREVIOUS: earlier.join(", ") });
    expect(env.previousSecrets).toEqual(earlier);
  });

  it("keeps everything under the data folder unless told otherwise", () => {
    expect(readEnv({ ...local, AX2_DATA_DIR: "/srv/ax2" }).storageDir).toBe("/srv/ax2/storage");
    expect(readEnv({ ...local, AX2_DATA_DIR: "/srv/ax2", STORAGE_DIR: "/disk" }).storageDir).toBe(
      "/disk",
    );
  });

  it.each([
    [{}, "local"],
    [{ AX2_MODE: "local" }, "local"],
    [{ ...production }, "production"],
    [{ ...production, ...inngest, AX2_MODE: undefined, VERCEL: "1" }, "production"],
    [{ AX2_MODE: "local", VERCEL: "1" }, "local"],
  ])("reads the mode of %o", (source, mode) => {
    expect(readEnv({ ...local, ...source }).mode).toBe(mode);
  });

  it("refuses Vercel without Inngest: nothing would run the jobs", () => {
    expect(() => readEnv({ ...production, AX2_MODE: undefined, VERCEL: "1" })).toThrow("INNGEST_");
  });

  it("chooses engines by what is set", () => {
    const env = readEnv({
      ...local,
      BLOB_READ_WRITE_TOKEN: "token",
      ...inngest,
    });
    expect(env).toMatchObject({ jobEngine: "inngest", storageEngine: "vercel-blob" });
  });

  it("takes an empty variable for one that isn't set", () => {
    expect(problemsOf({ ...local, OPENAI_BASE_URL: "", PORT: "", INNGEST_EVENT_KEY: "" })).toEqual(
      [],
    );
    expect(problemsOf({ ...production, DATABASE_URL: "" })).toHaveLength(1);
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "http"],
    ["APP_URL", "caption.example.com"],
    ["AX2_MODE", "staging"],
    ["AUTH_SECRET", "s".repeat(31)],
    ["AUTH_SECRET", `${"s".repeat(32)},${"t".repeat(32)}`],
    ["LOCAL_SPEECH", "yes"],
    ["DATABASE_POOL_SIZE", "1"],
    ["TRUSTED_PROXY_HOPS", "-1"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s and names it", (name, value) => {
    const problems = problemsOf({ ...local, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  it.each([
    [{ INNGEST_EVENT_KEY: "event" }, "INNGEST_SIGNING_KEY"],
    [{ INNGEST_SIGNING_KEY: "signing" }, "INNGEST_EVENT_KEY"],
    [{ INNGEST_BASE_URL: "https://inngest.example.com" }, "INNGEST_SIGNING_KEY"],
    [{ LOCAL_SPEECH_URL: "http://127.0.0.1:1" }, "LOCAL_SPEECH_TOKEN"],
    [{ SMTP_URL: "smtp://127.0.0.1:25" }, "MAIL_FROM"],
    [{ GOOGLE_CLIENT_ID: "id" }, "GOOGLE_CLIENT_SECRET"],
    [{ KAKAO_CLIENT_SECRET: "secret" }, "KAKAO_CLIENT_ID"],
    [{ NAVER_CLIENT_ID: "id" }, "NAVER_CLIENT_SECRET"],
    [{ TOSS_CLIENT_KEY: "test_ck_1" }, "TOSS_SECRET_KEY"],
    [{ TOSS_SECRET_KEY: "test_sk_1" }, "TOSS_CLIENT_KEY"],
    [{ TOSS_API_URL: "http://127.0.0.1:1" }, "TOSS_SECRET_KEY"],
    [{ TOSS_SDK_URL: "http://127.0.0.1:1/v2/standard" }, "TOSS_SECRET_KEY"],
  ])("refuses half of a pair: %o", (half, other) => {
    const problems = problemsOf({ ...local, ...half });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(other);
  });

  it("refuses local mode without a secret", () => {
    expect(problemsOf({})).toEqual([expect.stringContaining("AUTH_SECRET")]);
  });
});

describe("production mode", () => {
  it("starts when everything is set", () => {
    expect(problemsOf(production)).toEqual([]);
  });

  it.each([
    ["APP_URL"],
    ["DATABASE_URL"],
    ["AUTH_SECRET"],
    ["STORAGE_DIR"],
    ["OPENAI_API_KEY"],
    ["TRUSTED_PROXY_HOPS"],
  ])("refuses to start without %s and says so", (name) => {
    const problems = problemsOf({ ...production, [name]: undefined });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  it("refuses to start without a mail server, and with stand-ins of identity providers", () => {
    const withoutMail = { ...production, SMTP_URL: undefined, MAIL_FROM: undefined };
    expect(problemsOf(withoutMail)).toEqual([expect.stringContaining("SMTP_URL")]);
    const standIns = { ...production, IDENTITY_PROVIDERS_URL: "http://127.0.0.1:9000" };
    expect(problemsOf(standIns)).toEqual([expect.stringContaining("IDENTITY_PROVIDERS_URL")]);
  });

  it("names everything that is missing at once", () => {
    expect(problemsOf({ AX2_MODE: "production" })).toHaveLength(7);
  });

  it("refuses a public address without encryption", () => {
    expect(problemsOf({ ...production, APP_URL: "http://caption.example.com" })).toEqual([
      expect.stringContaining("https://"),
    ]);
  });

  it.each([
    { STORAGE_DIR: undefined, BLOB_READ_WRITE_TOKEN: "token" },
    { OPENAI_API_KEY: undefined, OPENAI_BASE_URL: "https://speech.example.com/v1" },
    {
      OPENAI_API_KEY: undefined,
      LOCAL_SPEECH_URL: "http://127.0.0.1:8178",
      LOCAL_SPEECH_TOKEN: "token",
    },
  ])("accepts the alternative %o", (change) => {
    expect(problemsOf({ ...production, ...change })).toEqual([]);
  });
});

describe("payments", () => {
  const keys = (client: string, secretKey: string) => ({
    TOSS_CLIENT_KEY: client,
    TOSS_SECRET_KEY: secretKey,
  });
  const live = keys("live_ck_a", "live_sk_b");

  it.each([
    [{ ...local, ...keys("test_ck_a", "test_sk_b") }],
    [{ ...local, ...keys("live_gck_a", "live_gsk_b") }],
    [{ ...local, ...keys("test_ck_a", "test_sk_b"), TOSS_API_URL: "http://127.0.0.1:4000" }],
    [{ ...production, ...live }],
    [{ ...production, ...live, TOSS_API_URL: "https://api.tosspayments.com" }],
    [{ ...production, ...live, TOSS_SDK_URL: "https://js.tosspayments.com/v2/standard" }],
  ])("accepts %o", (source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  it.each([
    [keys("test_ck_a", "live_sk_b"), "same kind"],
    [keys("test_gck_a", "test_sk_b"), "same kind"],
    [keys("test_sk_a", "test_sk_b"), "TOSS_CLIENT_KEY: not a client key"],
    [keys("test_ck_a", "test_ck_b"), "TOSS_SECRET_KEY: not a secret key"],
    [keys("a", "test_sk_b"), "TOSS_CLIENT_KEY: not a client key"],
  ])("refuses keys that don't go together: %o", (pair, problem) => {
    expect(problemsOf({ ...local, ...pair })).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [keys("test_ck_a", "test_sk_b"), "test keys take no money"],
    [{ ...live, TOSS_API_URL: "http://127.0.0.1:4000" }, "TOSS_API_URL"],
    [{ ...live, TOSS_API_URL: "http://api.tosspayments.com" }, "TOSS_API_URL"],
    [{ ...live, TOSS_API_URL: "https://tosspayments.com.example" }, "TOSS_API_URL"],
    [{ ...live, TOSS_API_URL: "https://nottosspayments.com" }, "TOSS_API_URL"],
    [{ ...live, TOSS_SDK_URL: "https://cdn.example.com/v2/standard" }, "TOSS_SDK_URL"],
  ])("refuses in production: %o", (change, problem) => {
    expect(problemsOf({ ...production, ...change })).toEqual([expect.stringContaining(problem)]);
  });
});

describe(".env.example", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../.env.example"), "utf8");
  const documented = [...text.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);

  it("documents every variable once, and no other", () => {
    expect(documented.toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
  });

  it("sets nothing, so that a copy changes nothing", () => {
    expect(text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
  });
});
