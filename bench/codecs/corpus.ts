import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

const lines = [
  "오늘은 서울의 오래된 골목을",
  "여러분과 함께 걸어 보려고 해요",
  "이 집은 백 년이 넘었습니다",
  "<i>(문이 열리는 소리)</i>",
  "정말 <b>많이</b> 바뀌었네요",
  "Netflix에서 본 적이 있죠?",
  "- 네, 지난주에 봤어요",
  "그때는 아무도 몰랐습니다...",
];

/** Two-line Korean cues with some tags, the same every time. */
export function koreanDocument(count: number): SubtitleDocument {
  const cues = Array.from({ length: count }, (_, i): Cue => {
    const startMs = i * 3210 + (i % 7) * 13;
    const upper = lines[i % lines.length];
    const lower = lines[(i * 3 + 1) % lines.length];
    return {
      id: String(i + 1),
      startMs,
      endMs: startMs + 2400 + (i % 11) * 37,
      text: `${upper} ${i}\n${lower}`,
    };
  });
  return { cues };
}
