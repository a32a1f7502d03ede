import { newId } from "@/lib/ids";
import { textOfWords } from "@/lib/speech/align";
import { errorRate } from "@/lib/speech/error-rate";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import { resolveProfile } from "@/lib/subtitles/rules";
import { breakLines, cuesFromWords } from "@/lib/subtitles/segmentation";
import type { Sample } from "../speech/samples";
import { leastBreaches } from "./bound";
import type { Bench, Figure, Part } from "./parts";
import type { Heard, Raw } from "./recognition";

/** Frames a second of a video around the sound. */
const fps = 30;

interface Judged {
  way: string;
  report: QualityReport;
  text: string;
  /** Cues that no way of cutting could make slow enough; of the product's way only. */
  unavoidable?: number;
}

/** Languages that have targets; others are shown beside them. */
const withTarget = new Set(["ko", "en"]);

function judge(
  way: string,
  cues: Cue[],
  { language, heard }: { language: string; heard: Heard },
): Judged {
  const profile = resolveProfile("netflix", language, { sameLanguage: true });
  const evidence: TrackEvidence = {
    speech: heard.speech,
    removed: [],
    corrections: [],
    stretches: [],
    durationMs: heard.durationMs,
    fps,
  };
  const report = assessTrack({ cues, evidence, profile, language });
  const text = cues.map((cue) => plainText(cue.text).replaceAll("\n", " ")).join(" ");
  return { way, report, text };
}

/** The engine's segments as cues, as other tools write them; or with our lines, to be fair. */
function segmentCues(raw: Raw, language: string, lines: boolean): Cue[] {
  const profile = resolveProfile("netflix", language, { sameLanguage: true });
  return raw.result.segments.map(({ startMs, endMs, text }) => ({
    id: newId(),
    startMs,
    endMs,
    text: lines ? breakLines(text, { language, profile }) : text.trim(),
  }));
}

async function judgeSample(bench: Bench, sample: Sample): Promise<Judged[]> {
  const recogniser = await bench.recogniser();
  const raw = await recogniser.raw(sample);
  const heard = await recogniser.product(sample);
  const { language } = heard;
  const profile = resolveProfile("netflix", language, { sameLanguage: true });
  const ours = cuesFromWords({ words: heard.cleaned.words, language, profile, fps, makeId: newId });
  if (process.argv.includes("--text")) print(ours);
  return [
    judge("engine's segments", segmentCues(raw, language, false), { language, heard }),
    judge("segments, our lines", segmentCues(raw, language, true), { language, heard }),
    {
      ...judge("product", ours, { language, heard }),
      unavoidable: leastBreaches(
        ours.flatMap((cue) => cue.words ?? []),
        { profile, fps, language },
      ),
    },
    {
      ...judge("engine's text", [], { language, heard }),
      text: textOfWords(raw.result.words),
    },
  ];
}

function print(cues: readonly Cue[]): void {
  for (const { startMs, endMs, text } of cues) {
    console.log(`${startMs} -> ${endMs}\n${text}\n`);
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Cues that keep every rule, over several recordings. */
function keptOf(judged: readonly Judged[], way: string): { kept: number; total: number } {
  const reports = judged.filter((one) => one.way === way).map(({ report }) => report);
  const total = reports.reduce((sum, { cues }) => sum + cues, 0);
  const good = reports.reduce((sum, { cues, rulesKept }) => sum + cues * rulesKept, 0);
  return { kept: total === 0 ? 1 : good / total, total };
}

/** Share of all checks, a rule of a cue each, that hold. */
function checksKept(judged: readonly Judged[], way: string): number {
  const shares = judged.filter((one) => one.way === way).flatMap(({ report }) => report.rules);
  const total = shares.reduce((sum, rule) => sum + rule.total, 0);
  return total === 0 ? 1 : shares.reduce((sum, { kept }) => sum + kept, 0) / total;
}

function ruleRow(judged: readonly Judged[], way: string): Record<string, string | number> {
  const reports = judged.filter((one) => one.way === way).map(({ report }) => report);
  const row: Record<string, string | number> = { way };
  const { kept, total } = keptOf(judged, way);
  row.cues = total;
  row["rules kept"] = percent(checksKept(judged, way));
  row["cues without a breach"] = percent(kept);
  for (const { rules } of reports) {
    for (const { rule, kept: good, total: of } of rules) {
      row[rule] = Number(row[rule] ?? 0) + of - good;
    }
  }
  return row;
}

/** Errors of the text in all recordings of a language, as a share of what is said. */
function errorsOf(samples: readonly Sample[], texts: readonly string[]): number {
  const rates = samples.map((sample, i) => errorRate(sample.text, texts[i] ?? ""));
  const errors = rates.reduce((sum, rate) => sum + rate.errors, 0);
  return (
    errors /
    Math.max(
      1,
      rates.reduce((sum, rate) => sum + rate.length, 0),
    )
  );
}

/** Rules kept and text errors, by language, beside the engine's own segments. */
export const rulesPart: Part = {
  name: "rules",
  async run(bench) {
    const figures: Figure[] = [];
    for (const [language, samples] of Map.groupBy(bench.samples, (one) => one.language)) {
      const judged: Judged[] = [];
      for (const sample of samples) judged.push(...(await judgeSample(bench, sample)));
      const ways = ["engine's segments", "segments, our lines", "product"];
      console.log(`\n${language}: ${samples.length} recordings; cues that break a rule`);
      console.table(ways.map((way) => ruleRow(judged, way)));
      const texts = (way: string) => judged.filter((one) => one.way === way).map((one) => one.text);
      const engine = errorsOf(samples, texts("engine's text"));
      const product = errorsOf(samples, texts("product"));
      const { kept, total } = keptOf(judged, "product");
      const unavoidable = judged.reduce((sum, one) => sum + (one.unavoidable ?? 0), 0);
      console.log(`Spoken too fast, however it is cut: at least ${unavoidable} of ${total} cues.`);
      if (!withTarget.has(language)) continue;
      const checks = checksKept(judged, "product");
      figures.push({
        what: `${language}: rules kept`,
        value: percent(checks),
        target: `>= 99 % (engine's segments ${percent(checksKept(judged, "engine's segments"))})`,
        met: checks >= 0.99,
      });
      const possible = (total - unavoidable) / Math.max(1, total);
      figures.push({
        what: `${language}: cues without a breach`,
        value: percent(kept),
        target: `>= 99 % of the ${percent(possible)} not spoken too fast`,
        met: kept >= 0.99 * possible,
      });
      figures.push({
        what: `${language}: errors of the text`,
        value: percent(product),
        target: `<= ${percent(engine)} (engine)`,
        met: product <= engine + 1e-9,
      });
    }
    return figures;
  },
};
