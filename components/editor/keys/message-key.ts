import type { CommandId } from "./command-table";

type MessageKey<Id extends string> = Id extends `${infer Group}.${infer Name}`
  ? `${Group}_${Name}`
  : Id;

/** The key of a command's name in the texts, where a dot would begin a new level. */
export const messageKey = (id: CommandId): MessageKey<CommandId> =>
  id.replace(".", "_") as MessageKey<CommandId>;
