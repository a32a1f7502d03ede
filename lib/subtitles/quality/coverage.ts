import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { PlainFinding } from "@/lib/subtitles/quality/rule-findings";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";

interface Span {
  startMs: number;
  endMs: number;
}

/** Speech without a subtitle for less is a breath, a cough or a "well". */
const uncoveredMs = 1_500;
/** Nobody leaves out so much on purpose. */
const farTooLongMs = 5_000;

/** How much of the detected speech has a cue with text; nothing to say about translations. */
export function coverageFindings(
  cues: readonly Cue[],
  evidence: TrackEvidence,
): { findings: PlainFinding[]; coverage: QualityReport["coverage"] } {
  if (evidence.translation || evidence.speech.length === 0) {
    return { findings: [], coverage: undefined };
  }
  const bare = uncoveredParts(evidence.speech, cues);
  const lengthOf = (spans: readonly Span[]) =>
    spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const speechMs = lengthOf(evidence.speech);
  return {
    findings: bare.filter((span) => lengthOf([span]) >= uncoveredMs).map(uncovered),
    coverage: { speechMs, coveredMs: speechMs - lengthOf(bare) },
  };
}

function uncovered({ startMs, endMs }: Span): PlainFinding {
  const lengthMs = endMs - startMs;
  return {
    id: `uncovered_speech:${startMs}`,
    code: "uncovered_speech",
    severity: lengthMs >= farTooLongMs ? "error" : "warning",
    startMs,
    endMs,
    values: { seconds: Math.round(lengthMs / 100) / 10 },
  };
}

/** The parts of the speech during which no text is shown. Speech and cues are in order. */
function uncoveredParts(speech: readonly Span[], cues: readonly Cue[]): Span[] {
  const shown = joined(cues.filter((cue) => plainText(cue.text).trim() !== ""));
  const bare: Span[] = [];
  let from = 0;
  for (const { startMs, endMs } of speech) {
    while (from < shown.length && (shown[from]?.endMs ?? 0) <= startMs) from += 1;
    let at = startMs;
    for (let i = from; i < shown.length; i++) {
      const cover = shown[i];
      if (!cover || cover.startMs >= endMs) break;
      if (cover.startMs > at) bare.push({ startMs: at, endMs: cover.startMs });
      at = Math.max(at, cover.endMs);
    }
    if (at < endMs) bare.push({ startMs: at, endMs });
  }
  return bare;
}

/** Spans in order, those that overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const { startMs, endMs } of spans) {
    const last = found.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else found.push({ startMs, endMs });
  }
  return found;
}
