import { dictionary } from "@zxcvbn-ts/language-common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCommonPassword } from "./common-passwords";
import { assertStrongPassword } from "./password-strength";
import { passwordLength } from "./schema";

const context = ["haneul.kim@example.com", "김하늘"];

async function verdict(password: string): Promise<string> {
  const judged = await Promise.allSettled([assertStrongPassword({ password, context })]);
  const [outcome] = judged;
  return outcome.status === "fulfilled" ? "accepted" : outcome.reason.code;
}

describe("a new password is refused when", () => {
  it.each([
    ["password1234", "password_leaked"],
    ["Password1234!", "password_leaked"],
    ["qwertyuiop12", "password_leaked"],
    ["1q2w3e4r5t6y", "password_leaked"],
    ["dragondragon", "password_leaked"],
    ["monkeymonkey1!", "password_leaked"],
    ["football.football", "password_leaked"],
    ["starwars1977starwars", "password_leaked"],
    ["iloveyou2024!!", "password_leaked"],
    ["thunderstorm2847", "password_leaked"],
    ["P@ssw0rd2024", "password_leaked"],
    ["123456789012", "password_leaked"],
    ["aaaaaaaaaaaaaaaa", "password_leaked"],
    ["haneul.kim123", "password_too_weak"],
    ["haneul.kim@example.com", "password_too_weak"],
    ["김하늘김하늘김하늘김하늘", "password_too_weak"],
    ["김하늘1234567890", "password_too_weak"],
    ["ax2caption2026", "password_too_weak"],
    ["비밀번호비밀번호비밀번호", "password_too_weak"],
    ["비밀번호12345678", "password_too_weak"],
    ["가나다라마바사아자차카타파하", "password_too_weak"],
    ["ㅁㄴㅇㄹㅁㄴㅇㄹㅁㄴㅇㄹ", "password_too_weak"],
    ["dkssudgktpdy1234", "password_too_weak"],
    ["zxcvbnm,./asdf", "password_too_weak"],
    ["poiuytrewqlkjh", "password_too_weak"],
    ["2024-12-25-12", "password_too_weak"],
    ["x".repeat(200), "password_leaked"],
    ["하늘바다".repeat(50), "password_too_weak"],
    ["1q2w3e4r5t6y!2026", "password_leaked"],
  ])("it is %s: %s", async (password, code) => {
    expect(await verdict(password)).toBe(code);
  });
});

describe("a new password is accepted when", () => {
  it.each([
    "correct horse battery staple",
    "tidal-anvil-cobra-lunch",
    "my dog eats 7 blue socks",
    "xK9#mQ2$vL7p",
    "monkey8392017463552",
    "비밀번호를 기억해요 열두자",
    "하늘을 나는 고래와 산책",
    "여름밤의 별을 세던 우리 강아지",
    "고래 42마리가 서울에 왔다",
    "🐳🌊🎈🦊🍉🚲🎻🧊🪁🌋🧲🪴",
  ])("it is %s", async (password) => {
    expect(await verdict(password)).toBe("accepted");
  });

  it("it is random, up to the longest allowed", async () => {
    const random = fc.string({
      minLength: 16,
      maxLength: passwordLength.max,
      unit: "grapheme-ascii",
    });
    const varied = random.filter((password) => new Set(password).size >= 12);
    await fc.assert(
      fc.asyncProperty(varied, async (password) => {
        expect(await verdict(password)).toBe("accepted");
      }),
      { numRuns: 100 },
    );
  });
});

describe("whatever its Unicode form", () => {
  it("is judged the same", async () => {
    expect(await verdict("비밀번호12345678".normalize("NFD"))).toBe("password_too_weak");
    expect(await verdict("하늘을 나는 고래와 산책".normalize("NFD"))).toBe("accepted");
  });
});

describe("a listed password", () => {
  const known = dictionary["passwords-common"].filter(({ length }) => length >= passwordLength.min);

  it("long enough to be chosen is refused", async () => {
    expect(known.length).toBeGreaterThan(100);
    for (const password of known) expect(await verdict(password)).not.toBe("accepted");
  });

  it("is refused dressed up as well", async () => {
    const packaged = await Promise.all(known.map(isCommonPassword));
    const dressed = fc
      .record({
        password: fc.constantFrom(...known.filter((_, index) => packaged[index])),
        before: fc.constantFrom("", "!", "1", "~~"),
        after: fc.constantFrom("", "!", "1!", "2026", " "),
        upper: fc.boolean(),
      })
      .map(({ password, before, after, upper }) =>
        [before, upper ? password.toUpperCase() : password, after].join(""),
      )
      // Digits around digits are another number, not the same one dressed up.
      .filter((password) => /\p{L}/u.test(password));
    await fc.assert(
      fc.asyncProperty(dressed, async (password) => {
        expect(await verdict(password)).not.toBe("accepted");
      }),
      { numRuns: 500 },
    );
  });
});

describe("judging", () => {
  it.each(["p4ssw0rd$!1l|", "4@8({3690!1|0$57+%2", "1999123120001231", "a4@", "ab12"])(
    "256 characters of %s doesn't hold up the process",
    async (unit) => {
      await verdict("warm up the dictionaries");
      const password = unit.repeat(100).slice(0, passwordLength.max);
      const startedMs = performance.now();
      await verdict(password);
      // Some 25 ms on an idle core; without the bounds up to a second.
      expect(performance.now() - startedMs).toBeLessThan(500);
    },
  );
});
