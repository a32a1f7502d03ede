import { mkdir } from "node:fs/promises";
import readline from "node:readline/promises";
import { Writable } from "node:stream";
import { TransferFailure } from "@/lib/client/uploader/failure";
import { AppError, type ErrorCode, errorTitle } from "@/lib/errors";
import { captionFile } from "./caption-file";
import { type CaptionOptions, readOptions, UsageError, usage } from "./options";
import { barReporter, jsonReporter } from "./reporter";
import { openSession, type Session, signUpAndWait } from "./session";

/** Exit codes: 0 all done, 1 something failed, 2 the command line was wrong. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const password = process.env.CAPTION_PASSWORD || (await ask("Password: "));
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => controller.abort(new Error("stopped")));
  }
  const credentials = { url: options.url, email: options.email, password };
  if (options.signUp) {
    await signUpAndWait(credentials, (text) => process.stderr.write(`${text}\n`));
  }
  const session = await openSession(credentials, () => ask("Code of your authenticator app: "));
  if (options.out) await mkdir(options.out, { recursive: true });
  return captionAll(options, session, controller.signal);
}

async function captionAll(
  options: CaptionOptions,
  session: Session,
  signal: AbortSignal,
): Promise<number> {
  const reporter = options.json ? jsonReporter() : barReporter();
  let failed = 0;
  for (const video of options.videos) {
    try {
      const made = await captionFile({ ...options, session, video, reporter, signal });
      reporter.done(video, made.files);
      if (!made.complete) failed += 1;
    } catch (error) {
      if (signal.aborted) throw error;
      failed += 1;
      const { code, message } = explain(error);
      reporter.failed(video, code, message);
    }
  }
  return failed > 0 ? 1 : 0;
}

/** The reason in a sentence, with its code for programs. */
function explain(error: unknown): { code: ErrorCode; message: string } {
  const reason = error instanceof TransferFailure ? (error.cause ?? error) : error;
  if (reason instanceof AppError) {
    const fields = reason.fields.map((field) => `${field.path}: ${field.message}`);
    return { code: reason.code, message: [errorTitle(reason.code, "en"), ...fields].join(" ") };
  }
  const code = error instanceof TransferFailure ? error.code : "internal";
  return { code, message: errorTitle(code, "en") };
}

/** Asks without showing what is typed. */
async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(`${question.trim()} needs a terminal; or set CAPTION_PASSWORD`);
  }
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = readline.createInterface({ input: process.stdin, output: silent, terminal: true });
  const answer = await prompt.question("");
  prompt.close();
  process.stderr.write("\n");
  return answer;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exitCode = 2;
  } else {
    const { code, message } = explain(error);
    const reason =
      error instanceof TypeError ? "The product can't be reached at that address." : message;
    process.stderr.write(`${reason} (${code})\n`);
    process.exitCode = 1;
  }
}
