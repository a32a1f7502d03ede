import path from "node:path";
import type { QuoteView } from "@/lib/credits/schema";
import type { JobCredits } from "@/lib/jobs/schema";

export interface Progress {
  video: string;
  stage: string;
  /** 0..100 */
  percent: number;
}

const credits = (count: number) => `${count} ${count === 1 ? "credit" : "credits"}`;

function componentName(component: string): string {
  if (component === "transcribe") return "transcription";
  return component.replace(/^translate:/, "translation to ");
}

/** `transcription 50 credits, in all 50 credits; of 60 credits, 10 left` */
export function quoteLine({ lines, total, balance, balanceAfter }: QuoteView): string {
  const parts = lines.map((line) => `${componentName(line.component)} ${credits(line.amount)}`);
  const left = balanceAfter < 0 ? `${-balanceAfter} lacking` : `${balanceAfter} left`;
  return `${parts.join(", ")}, in all ${credits(total)}; of ${credits(balance)}, ${left}`;
}

/** `50 credits charged`, and what was given back where something was. */
export function chargedLine({ captured, released }: JobCredits): string {
  const back = released > 0 ? `, ${credits(released)} given back` : "";
  return `${credits(captured)} charged${back}`;
}

/** What the command says while it works: a bar for people, lines of JSON for programs. */
export interface Reporter {
  progress(progress: Progress): void;
  /** What it will cost, before anything is spent. */
  quote(video: string, quote: QuoteView): void;
  /** What it has cost. */
  charged(video: string, credits: JobCredits): void;
  /** A language that wasn't made; the others are there. */
  languageFailed(video: string, language: string, code: string): void;
  done(video: string, files: string[]): void;
  failed(video: string, code: string, message: string): void;
}

const barWidth = 24;

/** `[#####-----]  42 %  recognition  name.mp4` */
export function barLine({ video, stage, percent }: Progress): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * barWidth);
  const bar = "#".repeat(filled) + "-".repeat(barWidth - filled);
  return `[${bar}] ${String(Math.floor(percent)).padStart(3)} %  ${stage.padEnd(11)}  ${path.basename(video)}`;
}

export function barReporter(out: NodeJS.WriteStream = process.stderr): Reporter {
  let last = "";
  const line = (text: string) => out.write(out.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  return {
    progress: (progress) => {
      const text = barLine(progress);
      if (text !== last) line(text);
      last = text;
    },
    quote: (video, quote) => line(`${path.basename(video)}: ${quoteLine(quote)}\n`),
    charged: (video, sums) => line(`${path.basename(video)}: ${chargedLine(sums)}\n`),
    languageFailed: (video, language, code) =>
      line(`${path.basename(video)}: not translated to ${language} (${code})\n`),
    done: (_, files) => line(`${files.join("\n")}\n`),
    failed: (video, code, message) => line(`${path.basename(video)}: ${message} (${code})\n`),
  };
}

export function jsonReporter(out: NodeJS.WritableStream = process.stdout): Reporter {
  const write = (body: unknown) => out.write(`${JSON.stringify(body)}\n`);
  return {
    progress: ({ video, stage, percent }) =>
      write({ event: "progress", video, stage, percent: Math.floor(percent) }),
    quote: (video, { lines, total, balance, balanceAfter }) =>
      write({ event: "quote", video, lines, total, balance, balanceAfter }),
    charged: (video, { captured, released }) =>
      write({ event: "charged", video, captured, released }),
    languageFailed: (video, language, code) =>
      write({ event: "language_failed", video, language, code }),
    done: (video, files) => write({ event: "done", video, files }),
    failed: (video, code, message) => write({ event: "failed", video, code, message }),
  };
}
