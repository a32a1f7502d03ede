import "server-only";
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { AppError } from "@/lib/errors";
import { isCommonPassword } from "./common-passwords";

/**
 * At least 10^8 guesses (zxcvbn's score 3, "safely unguessable"): by far more than the throttled
 * log-in lets anybody try, and days on an attacker's machine behind argon2id.
 */
const leastScore = 3;

/**
 * So many UTF-16 units are judged: the estimate of a longer one takes up to a second (256 of the
 * worst), in which the process answers nobody, and what is strong this far is strong. With the two
 * bounds the worst found took 25 ms, an ordinary password 3 ms.
 */
const judgedLength = 72;
/** Readings of `4` as `a` and the like; the default of 100 is six times slower and found no more. */
const l33tReadings = 8;

/** Names of the product, which people like to use in passwords for it. */
const productWords = ["ax2", "caption", "captions", "ax2caption", "subtitle", "자막"];

/**
 * What Korean passwords are made of most: the estimator's packages know no Korean. Some as typed on
 * a keyboard that was left in English.
 */
const koreanWords = [
  ...["비밀번호", "암호", "패스워드", "안녕하세요", "안녕", "사랑해요", "사랑해", "대한민국"],
  ...["가나다라마바사", "가나다라", "아자차카타파하", "아자차카타", "동해물과", "백두산이"],
  ...[
    "우리나라",
    "서울",
    "하하하",
    "ㅋㅋㅋ",
    "ㅎㅎㅎ",
    "ㅁㄴㅇㄹ",
    "ㅂㅈㄷㄱ",
    "ㅋㅌㅊㅍ",
    "ㄱㄴㄷㄹ",
  ],
  ...["qlalfqjsgh", "qlqjs", "dkssudgktpdy", "dkssud", "tkfkdgody", "tkfkdgo", "eogksalsrnr"],
  ...["gksrnr", "rksekfk", "tkfkd", "goqhr", "chltkd", "dlrjsrhkswl"],
];

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Some 200 ms and 40 MB of dictionaries, so only once somebody chooses a password. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, korean: koreanWords },
    // Runs of neighbouring keys on qwerty and others.
    graphs: common.adjacencyGraphs,
    maxLength: judgedLength,
    l33tMaxSubstitutions: l33tReadings,
  });
}

/** Every text, an address also without its host, and the words in them. */
function wordsToAvoid(context: string[]): string[] {
  const texts = context.map((text) => text.normalize("NFC").toLowerCase().slice(0, 254));
  const words = texts.flatMap((text) => [
    text.split("@")[0] ?? "",
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set([...texts, ...words, ...productWords])].filter((word) => word.length >= 2);
}

/**
 * Refuses a new password that others have or that is soon guessed. Length and characters are the
 * schema's business. `context` is what an attacker may know of the person: e-mail, name.
 * @throws {AppError} `password_leaked`, `password_too_weak`
 */
export async function assertStrongPassword(options: {
  password: string;
  context: string[];
}): Promise<void> {
  const password = options.password.normalize("NFC");
  if (await isCommonPassword(password)) throw new AppError("password_leaked");
  estimator ??= loadEstimator();
  const { score } = (await estimator).check(password, wordsToAvoid(options.context));
  if (score < leastScore) throw new AppError("password_too_weak");
}
