import { type ExportFormat, exportFormats } from "@/lib/tracks/export-formats";

/** What a file may be asked to hold beside its subtitles. Absent: as its format has it by custom. */
export interface FileOptions {
  lineEnd?: "lf" | "crlf";
  bom?: boolean;
  speakers?: boolean;
  frames?: boolean;
  looks?: boolean;
  times?: boolean;
  paragraphs?: boolean;
  secondPlace?: "below" | "above";
}

export type OptionName = keyof FileOptions;

/** What a person has last chosen; each format's options are its own. */
export interface ExportChoice {
  format: ExportFormat;
  /** Formats of an archive. */
  formats: ExportFormat[];
  options: Partial<Record<ExportFormat | "archive", FileOptions>>;
}

const usual: ExportChoice = { format: "srt", formats: ["srt", "vtt"], options: {} };

const textOptions = ["lineEnd", "bom", "speakers"] as const;

/** The options that change anything in a format. */
const optionsOf: Record<ExportFormat, readonly OptionName[]> = {
  srt: [...textOptions, "frames", "secondPlace"],
  vtt: [...textOptions, "frames", "looks", "secondPlace"],
  ass: [...textOptions, "frames", "secondPlace"],
  txt: [...textOptions, "times", "paragraphs", "secondPlace"],
  json: ["lineEnd", "bom"],
  csv: textOptions,
  ttml: [...textOptions, "frames", "secondPlace"],
  smi: [...textOptions, "frames"],
  sbv: [...textOptions, "frames", "secondPlace"],
  docx: ["speakers"],
};

/** Formats that have a place for speakers of their own, and so write them by custom. */
const apart: ReadonlySet<ExportFormat> = new Set(["vtt", "ass", "ttml", "csv", "txt", "docx"]);

/** Where a speaker's name goes. */
export function speakersPlace(format: ExportFormat): "apart" | "inText" {
  return apart.has(format) && format !== "txt" ? "apart" : "inText";
}

/** The options there are for these formats, in the order in which they are shown. */
export function optionsFor(
  formats: readonly ExportFormat[],
  about: { fps: number | null; spoken: boolean; styled: boolean; second: boolean },
): OptionName[] {
  const names = new Set(formats.flatMap((format) => optionsOf[format]));
  const order: OptionName[] = [
    ...(["speakers", "secondPlace", "times", "paragraphs"] as const),
    ...(["looks", "frames", "lineEnd", "bom"] as const),
  ];
  return order.filter(
    (name) =>
      names.has(name) &&
      (name !== "frames" || about.fps !== null) &&
      (name !== "speakers" || about.spoken) &&
      (name !== "looks" || about.styled) &&
      (name !== "secondPlace" || about.second),
  );
}

/** What an option is while nobody has chosen: what the format does by custom. */
export function customOf(
  name: Exclude<OptionName, "lineEnd" | "secondPlace">,
  format: ExportFormat,
) {
  if (name === "bom") return format === "csv";
  if (name === "speakers") return apart.has(format);
  return name === "looks";
}

/** The chosen options as the address of a file has them; only those that count. */
export function optionQuery(
  chosen: FileOptions,
  names: readonly OptionName[],
): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of names) {
    const value = chosen[name];
    if (value !== undefined) query[name] = typeof value === "boolean" ? (value ? "1" : "0") : value;
  }
  return query;
}

const isFormat = (value: unknown): value is ExportFormat =>
  exportFormats.some((format) => format === value);

/** Reads what this browser remembers, whoever has written it. */
export function readChoice(stored: string): ExportChoice {
  try {
    const { format, formats, options } = JSON.parse(stored) as Partial<ExportChoice>;
    const known = Array.isArray(formats) ? formats.filter(isFormat) : [];
    return {
      format: isFormat(format) ? format : usual.format,
      formats: known.length > 0 ? known : usual.formats,
      options: typeof options === "object" && options !== null ? options : {},
    };
  } catch {
    return usual;
  }
}
