import { AppError } from "@/lib/errors";
import { readCommand } from "./options";

/** The program behind npm run operator: 0 when done, 1 when no such account, 2 when it couldn't. */
try {
  const asked = readCommand(process.argv.slice(2));
  const { allOperators, setOperator } = await import("@/lib/accounts/operators");
  const { closeDatabase } = await import("@/lib/db");
  try {
    if (asked.command === "list") {
      const operators = await allOperators();
      const lines = operators.map(({ email, name }) => `${email ?? "(no address)"}  ${name}`);
      process.stdout.write(`${lines.join("\n") || "Nobody is an operator."}\n`);
    } else {
      const { command, email } = asked;
      const changed = await setOperator({ email, operator: command === "add" });
      const now = command === "add" ? "is an operator" : "is no operator";
      process.stdout.write(`${email} ${now}${changed ? " now" : " already"}.\n`);
    }
  } finally {
    await closeDatabase();
  }
} catch (error) {
  const unknown = AppError.is(error, "not_found");
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${unknown ? "No account has this address." : message}\n`);
  process.exitCode = unknown ? 1 : 2;
}
