export type OperatorCommand = { command: "add" | "remove"; email: string } | { command: "list" };

export const usage = `Usage: npm run operator -- add MAIL | remove MAIL | list`;

/** @throws {Error} with the usage */
export function readCommand(args: readonly string[]): OperatorCommand {
  const [command, email, ...rest] = args;
  if (command === "list" && email === undefined) return { command };
  const changes = command === "add" || command === "remove";
  if (changes && email?.includes("@") && rest.length === 0) return { command, email };
  throw new Error(usage);
}
