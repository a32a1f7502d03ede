import type { SourceCue } from "./types";

/** Cues of two seconds, one after the other, for tests. */
export function testCues(texts: readonly string[], gapMs = 100): SourceCue[] {
  return texts.map((text, index) => ({
    id: `cue-${index}`,
    startMs: index * (2_000 + gapMs),
    endMs: index * (2_000 + gapMs) + 2_000,
    text,
  }));
}

/** A talk of Korean sentences, most over two cues. */
export const koreanTalk = [
  "안녕하세요. 오늘은 2026년 11월 23일이고요,",
  "서울의 날씨는 영상 12도예요.",
  "지난주에 새로 나온 카메라를 샀는데",
  "가격이 350,000원이었어요.",
  "생각보다 <i>정말</i> 가벼워서 놀랐어요.",
  "자세한 내용은 https://example.com/camera 에서",
  "확인해 주세요.",
];
