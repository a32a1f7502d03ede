import { describe, expect, it } from "vitest";
import { readSubtitles } from "@/lib/subtitles/formats";
import type {
  ConformanceCase,
  ExpectedCue,
} from "@/lib/subtitles/formats/conformance/conformance-case";
import { trickyInputs } from "@/lib/subtitles/formats/conformance/tricky-inputs";
import { webvttFileParsing } from "@/lib/subtitles/formats/conformance/webvtt-file-parsing";

/** What was read, reduced to the properties that the case speaks of. */
function found({ input, format, cues }: ConformanceCase): ExpectedCue[] {
  const { document } = readSubtitles({ text: input, format });
  return document.cues.map((cue, i) => {
    const all: ExpectedCue = {
      text: cue.text,
      startMs: cue.startMs,
      endMs: cue.endMs,
      sourceId: cue.sourceId ?? "",
      settings: cue.settings ?? {},
    };
    const asked = cues[i] ?? all;
    return Object.fromEntries(Object.entries(all).filter(([name]) => name in asked));
  });
}

describe("WebVTT file parsing as web-platform-tests has it", () => {
  it.each(webvttFileParsing)("$name", (test) => {
    expect(found(test)).toEqual(test.cues);
  });
});

describe("files as they are met", () => {
  it.each(trickyInputs)("$format: $name", (test) => {
    expect(found(test)).toEqual(test.cues);
  });
});
