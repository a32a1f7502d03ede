import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import {
  createPasswordHasher,
  type HashEngine,
  hashPassword,
  needsRehash,
  passwordFits,
} from "./password";

const phcOf = (parameters: string) => `$argon2id$v=19$${parameters}$c2FsdHNhbHQ$aGFzaGhhc2g`;

/** Counts instead of computing; every call lasts until `release`. */
function countingEngine() {
  const calls: string[] = [];
  const open: (() => void)[] = [];
  let running = 0;
  let most = 0;
  async function work<T>(call: string, answer: T): Promise<T> {
    calls.push(call);
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => open.push(resolve));
    running -= 1;
    return answer;
  }
  const engine: HashEngine = {
    hash: (password) => work(`hash ${password}`, "a hash"),
    verify: (passwordHash) => work(`verify ${passwordHash}`, true),
  };
  const release = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    while (open.length > 0) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { engine, calls, release, most: () => most };
}

describe("a password's hash", () => {
  it("is argon2id with 64 MiB and three passes, salted", async () => {
    const [one, other] = await Promise.all([hashPassword("하나"), hashPassword("하나")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(one).not.toBe(other);
    expect(needsRehash(one)).toBe(false);
    expect(await passwordFits("하나", one)).toBe(true);
    expect(await passwordFits("둘", one)).toBe(false);
  });

  it("made with other parameters still opens, and asks to be made anew", async () => {
    const old = await hash("오래된 비밀번호", { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await passwordFits("오래된 비밀번호", old)).toBe(true);
    expect(await passwordFits("다른 비밀번호", old)).toBe(false);
    expect(needsRehash(old)).toBe(true);
  });

  it.each([
    ["m=65536,t=3,p=1", false],
    ["m=65536,t=3,p=2", true],
    ["m=65536,t=30,p=1", true],
    ["m=19456,t=2,p=1", true],
  ])("with %s needs rehashing: %s", (parameters, expected) => {
    expect(needsRehash(phcOf(parameters))).toBe(expected);
  });

  it("that is none of argon2id's needs rehashing", () => {
    expect(needsRehash(phcOf("m=65536,t=3,p=1").replace("argon2id", "argon2i"))).toBe(true);
    expect(needsRehash("$2b$12$abcdefghijklmnopqrstuv")).toBe(true);
  });
});

describe("an account without a hash", () => {
  it("costs one argon2 run with today's parameters, like any other, and never opens", async () => {
    const { engine, calls, release } = countingEngine();
    const { fits } = createPasswordHasher({ engine, limit: 2, maxWaiting: 2 });
    const known = fits("x", phcOf("m=65536,t=3,p=1"));
    const unknown = fits("x", undefined);
    await release();
    expect(await Promise.all([known, unknown])).toEqual([true, false]);
    expect(calls).toHaveLength(2);
    const decoy = calls[1]?.replace("verify ", "") ?? "";
    expect(needsRehash(decoy)).toBe(false);
    const real = await hashPassword("x");
    const lengths = (phc: string) => phc.split("$").map((part) => part.length);
    expect(lengths(decoy)).toEqual(lengths(real));
  });

  it("is refused by the real engine too", async () => {
    expect(await passwordFits("", undefined)).toBe(false);
    expect(await passwordFits("no account has this", undefined)).toBe(false);
  });
});

describe("many log-ins at once", () => {
  it("take turns, and beyond the queue are asked to come back", async () => {
    const { engine, calls, release, most } = countingEngine();
    const { fits, hash: hashOne } = createPasswordHasher({ engine, limit: 2, maxWaiting: 3 });
    const served = [
      fits("a", "1"),
      fits("b", undefined),
      hashOne("c"),
      fits("d", "2"),
      hashOne("e"),
    ];
    const refused = await Promise.allSettled([fits("f", "3"), fits("g", undefined), hashOne("h")]);
    expect(refused).toMatchObject(
      Array(3).fill({ status: "rejected", reason: { code: "not_ready", retryAfterMs: 2_000 } }),
    );
    await release();
    await Promise.all(served);
    expect(most()).toBe(2);
    expect(calls).toHaveLength(5);
  });
});
