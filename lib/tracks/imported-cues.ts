import { newId } from "@/lib/ids";
import { pairCues } from "@/lib/subtitles/diff";
import type { ReadableFormat } from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation";
import { withoutUnsent } from "./operation-schema";

/** Formats that say where a cue stands; in the others silence says nothing. */
const placed: ReadonlySet<ReadableFormat> = new Set(["srt", "vtt", "ass", "ttml", "json"]);

/** What the cues of a file become in a track. */
export interface ImportedCues {
  cues: Cue[];
  /** Cues without text, which a track doesn't keep. */
  empty: number;
  /** Texts without times took the present cues' times. */
  timesKept: boolean;
}

export interface ImportSetting {
  format: ReadableFormat;
  /** The file had no times: they were worked out. */
  untimed: boolean;
  /** Where the cues go, or what they are a translation of; [] where there is nothing. */
  present: readonly Cue[];
  /** The names in files of the present speakers' keys. */
  nameOf: (key: string) => string;
  profile: RuleProfile;
  language: string;
  /** ISO 8601. */
  at: string;
}

/**
 * The cues of a file as a track has them: with text, in order, each ending after it begins. A cue
 * that is one of the present ones, by id, content or time, keeps its id, and so its notes, words
 * and translation.
 */
export function importedCues(document: SubtitleDocument, setting: ImportSetting): ImportedCues {
  const { format, present } = setting;
  const written = document.cues.filter((cue) => plainText(cue.text).trim() !== "");
  const empty = document.cues.length - written.length;
  const timesKept = setting.untimed && written.length === present.length && present.length > 0;
  const exact = format === "json";
  const cues = written.map((cue, i) => {
    const shaped = setting.untimed ? { ...cue, text: broken(cue.text, setting) } : cue;
    const timed = timesKept ? withTimesOf(shaped, present[i]) : shaped;
    return tidy(timed, exact);
  });
  cues.sort((a, b) => a.startMs - b.startMs);
  const keys = keysByName(present, setting.nameOf);
  const known = (cue: Cue) => withKey(cue, keys);
  if (exact) return { cues: withOwnIds(cues.map(known)), empty, timesKept };
  return { cues: adopted(cues.map(known), setting), empty, timesKept };
}

/** Ids that differed in the file by what can't be kept of them are one now. */
function withOwnIds(cues: readonly Cue[]): Cue[] {
  const taken = new Set<string>();
  return cues.map((cue) => {
    const id = taken.has(cue.id) ? newId() : cue.id;
    taken.add(id);
    return id === cue.id ? cue : { ...cue, id };
  });
}

const broken = (text: string, { language, profile }: ImportSetting) =>
  breakLines(text, { language, profile });

function withTimesOf(cue: Cue, { startMs, endMs, id }: Cue = cue): Cue {
  return { ...cue, id, startMs, endMs };
}

/** Within what a track may hold. Styles and regions by name mean nothing without their file. */
function tidy(cue: Cue, exact: boolean): Cue {
  const { style: _style, sourceId: _sourceId, settings, ...kept } = cue;
  const { region: _region, ...place } = settings ?? {};
  const startMs = Math.min(Math.round(cue.startMs), longestMs);
  const endMs = Math.min(Math.max(Math.round(cue.endMs), startMs + 1), longestMs + 1);
  const given = {
    ...(exact ? cue : kept),
    ...{ startMs, endMs },
    ...(!exact && Object.keys(place).length > 0 && { settings: place }),
  };
  return withoutUnsent(given, newId);
}

/** 100 days, as edits have it. */
const longestMs = 100 * 24 * 60 * 60 * 1000 - 1;

function keysByName(present: readonly Cue[], nameOf: (key: string) => string): Map<string, string> {
  const keys = new Set(present.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])));
  return new Map([...keys].map((key) => [nameOf(key), key]));
}

/** A speaker whom the track knows is meant by their name. */
function withKey(cue: Cue, keys: ReadonlyMap<string, string>): Cue {
  if (cue.speaker === undefined) return cue;
  const speaker = keys.get(cue.speaker) ?? cue.speaker.slice(0, 200).trim();
  if (speaker !== "") return { ...cue, speaker };
  const { speaker: _, ...others } = cue;
  return others;
}

/** The cues with what the present ones know beside text and times. */
function adopted(cues: readonly Cue[], { present, format, at }: ImportSetting): Cue[] {
  const partners = new Map(
    pairCues(present, cues).flatMap(({ before, after }) =>
      before && after ? [[after, before]] : [],
    ) as [Cue, Cue][],
  );
  return cues.map((cue): Cue => {
    const partner = partners.get(cue);
    if (!partner) return { ...cue, id: newId(), provenance: { origin: "import", at } };
    const { settings: _settings, styleOverrides: _looks, ...kept } = partner;
    const settings = cue.settings ?? (placed.has(format) ? undefined : partner.settings);
    const looks = format === "ass" ? cue.styleOverrides : partner.styleOverrides;
    return {
      ...kept,
      ...{ startMs: cue.startMs, endMs: cue.endMs, text: cue.text },
      ...(cue.speaker !== undefined && { speaker: cue.speaker }),
      ...(cue.language !== undefined && { language: cue.language }),
      ...(settings && { settings }),
      ...(looks && { styleOverrides: looks }),
    };
  });
}
