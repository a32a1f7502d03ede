import type {
  ConformanceCase,
  ExpectedCue,
} from "@/lib/subtitles/formats/conformance/conformance-case";
import type { Subject } from "./subjects";

/** Libraries that keep markup and trailing line ends in their text are forgiven for that. */
function visible(text: string): string {
  return text.replace(/<\/?v[^>]*>/g, "").trimEnd();
}

/** WebVTT's defaults, which some libraries can't tell from settings that say the same. */
function explicit(settings: NonNullable<ExpectedCue["settings"]>): string {
  const { lineAlign, align, size, ...others } = settings;
  const kept = {
    ...others,
    ...(lineAlign === "start" ? {} : { lineAlign }),
    ...(align === "center" ? {} : { align }),
    ...(size === 100 ? {} : { size }),
  };
  return JSON.stringify(
    Object.entries(kept)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );
}

function matches(expected: ExpectedCue, found: ExpectedCue | undefined): boolean {
  if (found === undefined) return false;
  const { text, startMs, endMs, sourceId, settings } = expected;
  return (
    (text === undefined || visible(text) === visible(found.text ?? "")) &&
    (startMs === undefined || startMs === found.startMs) &&
    (endMs === undefined || endMs === found.endMs) &&
    (sourceId === undefined || found.sourceId === sourceId) &&
    (settings === undefined ||
      (found.settings !== undefined && explicit(settings) === explicit(found.settings)))
  );
}

/** Whether a library finds in a file what a right reader finds. Throwing is not right. */
export async function isRight(subject: Subject, test: ConformanceCase): Promise<boolean> {
  try {
    const found = subject.cues(await subject.read(test.input, test.format));
    if (test.lastCueDecides) {
      const last = test.cues.at(-1);
      return last !== undefined && matches(last, found.at(-1));
    }
    return (
      found.length === test.cues.length &&
      test.cues.every((expected, i) => matches(expected, found[i]))
    );
  } catch {
    return false;
  }
}
