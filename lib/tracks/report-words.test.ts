import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { findingCodes, repairKinds } from "@/lib/subtitles/quality/types";
import en from "@/messages/en/report.json";
import ko from "@/messages/ko/report.json";

const doubts = ["guess", "no_speech", "repetition", "anomaly", "outside_speech", "stock_phrase"];

/** Everything that any finding has to say. */
const values = {
  width: 20,
  lines: 3,
  speed: 18.4,
  seconds: 0.5,
  ms: 40,
  limit: 14,
  percent: 40,
  words: "낱말",
  text: "글",
  language: "영어",
  missing: "35",
  extra: "53",
  term: "Raft",
  expected: "래프트",
};

/** The sentences as they are shown; a value that is missing is an error. */
function sentences(locale: "ko" | "en") {
  const messages: unknown = locale === "ko" ? ko : en;
  return createTranslator({
    locale,
    messages: messages as Record<string, string>,
    onError: (error) => {
      throw error;
    },
  }) as (key: string, values?: Record<string, string | number>) => string;
}

describe.each(["ko", "en"] as const)("sentences about a track in %s", (locale) => {
  const t = sentences(locale);

  it.each(findingCodes.map((code) => [code]))("%s", (code) => {
    for (const doubt of doubts) {
      for (const side of ["missing", "extra", "both"]) {
        const sentence = t(`findings.${code}`, { ...values, doubt, side });
        expect(sentence).toMatch(/[.?]$|: \S+$|: .*$/);
        expect(sentence).not.toMatch(/[{}]|!|undefined/);
      }
    }
  });

  it.each(repairKinds.map((kind) => [kind]))("repair: %s", (kind) => {
    expect(t(`repairs.${kind}`)).toMatch(/\.$/);
  });

  it.each(["error", "warning", "info"])("severity: %s", (severity) => {
    expect(t(`severity.${severity}`)).not.toBe("");
  });
});

it("says figures as a person reads them", () => {
  expect(sentences("ko")("findings.reading_speed", { speed: 18.4, limit: 14 })).toBe(
    "읽기 속도가 초당 18.4자예요. 14자까지가 편해요.",
  );
  expect(
    sentences("en")("findings.translation_numbers", { side: "missing", missing: "35", extra: "" }),
  ).toBe("Numbers differ from the original. Left out: 35");
});
