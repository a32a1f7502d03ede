import { describe, expect, it } from "vitest";
import { breakJudge } from "@/lib/subtitles/segmentation/break-judge";
import { breakQuality } from "@/lib/subtitles/segmentation/break-quality";

const judge = breakJudge("ko");
const nameOf = Object.fromEntries(
  Object.entries(breakQuality).map(([name, quality]) => [quality, name]),
);
/** The quality of the gap that "|" marks, by name. */
const quality = (text: string) => {
  const [before = "", after = ""] = text.split(" | ");
  return nameOf[judge(before.split(" ").at(-1) ?? "", after.split(" ")[0] ?? "")];
};

describe("counters stay with their numerals", () => {
  it.each(
    `세 | 명이, 3 | 개, 이십 | 분, 한 | 시간, 두 | 마리를, 네 | 가지, 다섯 | 살, 여섯 | 번째, 일곱 | 잔, 여덟 | 층,
     아홉 | 시에, 열 | 권, 열한 | 시, 스무 | 살, 스물두 | 살, 서른 | 명, 서너 | 개, 두세 | 번, 몇 | 분, 여러 | 가지,
     1,500 | 원, 2.5 | 킬로미터, 삼백오십만 | 원, 3만 | 명, 십이 | 월, 백 | 퍼센트, 두 | 사람이, 세 | 바퀴`
      .split(",\n     ")
      .flatMap((line) => line.split(/, (?=\S+ \|)/)),
  )("%s", (text) => {
    expect(quality(text)).toBe("bad");
  });

  it.each([
    ["삼 년 | 전이었는데", "bad"],
    ["10분 | 정도", "bad"],
    ["두 시간 | 동안", "bad"],
    ["백 개 | 이상이", "bad"],
    ["한 시간 | 삼십 분", "poor"],
    ["차 | 두 잔을", "poor"],
    ["친구와 | 세 명이", "phrase"],
    ["일을 | 시작했다", "phrase"],
  ])("%s: %s", (text, expected) => {
    expect(quality(text)).toBe(expected);
  });
});

describe("endings of a sentence end a cue without punctuation", () => {
  it.each([
    "고맙습니다 | 다음은",
    "갑니다 | 저는",
    "아닙니다 | 저는",
    "있을까요 | 저는",
    "했어요 | 그때",
    "있더라고요 | 저는",
    "되니까요 | 저는",
    "드릴게요 | 다음",
    "좋네요 | 오늘",
    "그렇죠 | 오늘",
    "왔습니까 | 저는",
    "있다 | 예전에는",
    "됐다 | 이제",
    "먹었다 | 그는",
    "하겠다 | 그는",
    "없다 | 그는",
    "간다 | 그는",
    "먹는다 | 그는",
    "아니다 | 사람만이",
    "때문이다 | 전문가들은",
    "같다 | 오늘은",
    "않다 | 오늘은",
  ])("%s", (text) => {
    expect(quality(text)).toBe("sentence");
  });

  it.each([
    ["이것보다 | 좋은", "the particle 보다"],
    ["다 | 같이", "all"],
    ["하다 | 보니", "a connective"],
    ["갔다가 | 왔다", "a connective"],
    ["한다 | 해도", "a concession"],
    ["좋다 | 싶은", "a thought"],
    ["왔다 | 갔다", "to and fro"],
    ["있어요 | 라고", "a quotation"],
    ["간다 | 하면서", "a quotation"],
    ["필요 | 없다", "a noun"],
    ["중요 | 사항", "a noun"],
    ["그런데요 | 저는", "a beginning"],
    ["좋으니까 | 가자", "a reason"],
    ["다니다 | 만난", "a dictionary form"],
  ])("not %s: %s", (text) => {
    expect(quality(text)).not.toBe("sentence");
  });
});

describe("eojeol that read as one", () => {
  it.each([
    "할 | 수 있는",
    "해낼 | 수",
    "먹은 | 적이",
    "하는 | 것을",
    "할 | 거예요",
    "수 | 있는",
    "적 | 없다",
    "하고 | 있다",
    "가지 | 않는",
    "먹어 | 보고",
    "해야 | 합니다",
    "이 | 골목은",
    "모든 | 일을",
    "못 | 했다",
    "사람에 | 대한",
    "문제를 | 위해",
    "친구와 | 함께",
  ])("%s is bad", (text) => {
    expect(quality(text)).toBe("bad");
  });

  it.each([
    "우리의 | 목표",
    "오래된 | 골목",
    "있는 | 나무",
    "조선 | 시대",
    "골목 | 끝에",
    "점이 | 있는데",
    "부산에 | 있는",
    "있다는 | 사실에",
  ])("%s is poor", (text) => {
    expect(quality(text)).toBe("poor");
  });

  it.each([
    ["그 자리를 | 지키고", "phrase"],
    ["동네를 | 건너", "phrase"],
    ["골목은 | 조선", "phrase"],
    ["시대부터 | 있던", "phrase"],
    ["걷고 | 나무를", "good"],
    ["했지만 | 오늘은", "good"],
    ["전이었는데, | 그때는", "clause"],
    ["골목 | 그리고", "clause"],
    ["오늘 | 저는", "neutral"],
    ["빠르게 | 바뀌는", "neutral"],
    ["API | 문서", "neutral"],
  ])("%s is %s", (text, expected) => {
    expect(quality(text)).toBe(expected);
  });
});
