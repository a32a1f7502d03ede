import { EnvError, readEnv } from "@/lib/env";

/** Ends with exit code 1 and one line for each variable that is missing or wrong. */
try {
  readEnv(process.env);
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
