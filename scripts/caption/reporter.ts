import path from "node:path";

export interface Progress {
  video: string;
  stage: string;
  /** 0..100 */
  percent: number;
}

/** What the command says while it works: a bar for people, lines of JSON for programs. */
export interface Reporter {
  progress(progress: Progress): void;
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
    done: (_, files) => line(`${files.join("\n")}\n`),
    failed: (video, code, message) => line(`${path.basename(video)}: ${message} (${code})\n`),
  };
}

export function jsonReporter(out: NodeJS.WritableStream = process.stdout): Reporter {
  const write = (body: unknown) => out.write(`${JSON.stringify(body)}\n`);
  return {
    progress: ({ video, stage, percent }) =>
      write({ event: "progress", video, stage, percent: Math.floor(percent) }),
    done: (video, files) => write({ event: "done", video, files }),
    failed: (video, code, message) => write({ event: "failed", video, code, message }),
  };
}
