import { parseArgs } from "node:util";
import { speechLanguageChoice } from "@/lib/speech/schema";
import { type SubtitleFormat, subtitleFormats } from "@/lib/subtitles/formats";
import { targetLanguageCode } from "@/lib/translation/schema";

export const usage = `usage: npm run caption -- VIDEO... [options]

  --language CODE   spoken language: auto (default), ko, en, ja, ...
  --translate LIST  languages to translate into: en, ja, pt-BR, ...; default: none
  --format LIST     srt, vtt, ass, txt, json, csv, ttml, smi, sbv; default: srt
  --out DIR         folder for the subtitle files; default: beside each video
  --url URL         address of the product; default: http://localhost:3000
  --email E         account; the password comes from CAPTION_PASSWORD or is asked for
  --sign-up         make the account first; goes on once its mail was opened
  --json            one JSON object a line instead of a progress bar
  --help            this text

The price is shown before a file is sent; a job never costs more than that.`;

export interface CaptionOptions {
  videos: string[];
  language: string;
  /** Languages to translate into. */
  targets: string[];
  formats: SubtitleFormat[];
  out: string | undefined;
  url: string;
  email: string;
  signUp: boolean;
  json: boolean;
}

/** What was typed can't be understood; the message says what to change. */
export class UsageError extends Error {}

/** @throws {UsageError} */
export function readOptions(args: string[]): CaptionOptions | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (positionals.length === 0) throw new UsageError("name at least one video");
  if (!values.email) throw new UsageError("--email is missing");
  if (!URL.canParse(values.url)) throw new UsageError(`--url: not an address: ${values.url}`);
  const language = speechLanguageChoice.safeParse(values.language);
  if (!language.success) throw new UsageError(`--language: unknown: ${values.language}`);
  return {
    videos: positionals,
    language: language.data,
    targets: readTargets(values.translate),
    formats: readFormats(values.format),
    out: values.out,
    url: new URL(values.url).origin,
    email: values.email,
    signUp: values["sign-up"],
    json: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        language: { type: "string", default: "auto" },
        translate: { type: "string", default: "" },
        format: { type: "string", default: "srt" },
        out: { type: "string" },
        url: { type: "string", default: process.env.APP_URL || "http://localhost:3000" },
        email: { type: "string" },
        "sign-up": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readTargets(list: string): string[] {
  const codes = list.split(",").map((code) => code.trim());
  const targets = [...new Set(codes.filter(Boolean))];
  const unknown = targets.filter((code) => !targetLanguageCode.safeParse(code).success);
  if (unknown.length > 0) throw new UsageError(`--translate: unknown: ${unknown.join(", ")}`);
  return targets;
}

function readFormats(list: string): SubtitleFormat[] {
  const names = list.split(",").map((name) => name.trim().toLowerCase());
  const formats = subtitleFormats.filter((format) => names.includes(format));
  const unknown = names.filter((name) => !subtitleFormats.some((format) => format === name));
  if (unknown.length > 0) throw new UsageError(`--format: unknown: ${unknown.join(", ")}`);
  return formats;
}
