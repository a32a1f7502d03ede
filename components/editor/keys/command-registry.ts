import { type CommandId, commandIds } from "./command-table";

export interface CommandHandler {
  run: () => void;
  enabled: boolean;
}

/**
 * Who does what. Of several that offer to do a command the latest is asked, so that an open text
 * can do it in its own way and hands it back when it closes.
 */
export class CommandRegistry {
  readonly #handlers = new Map<CommandId, CommandHandler[]>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** Offers to do a command; the answer takes the offer back. */
  register(id: CommandId, handler: CommandHandler): () => void {
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), handler]);
    this.changed();
    return () => {
      const rest = this.#handlers.get(id)?.filter((other) => other !== handler) ?? [];
      this.#handlers.set(id, rest);
      this.changed();
    };
  }

  /** There is somebody to do it, and it can be done now. */
  can(id: CommandId): boolean {
    return this.#handlers.get(id)?.at(-1)?.enabled ?? false;
  }

  /** Does it; false when nobody can now. */
  run(id: CommandId): boolean {
    const handler = this.#handlers.get(id)?.at(-1);
    if (!handler?.enabled) return false;
    handler.run();
    return true;
  }

  /** Somebody does it in this editor, whether or not it can be done now. */
  has(id: CommandId): boolean {
    return (this.#handlers.get(id)?.length ?? 0) > 0;
  }

  get known(): CommandId[] {
    return commandIds.filter((id) => this.has(id));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  /** Tells buttons and menus that what can be done may be something else now. */
  readonly changed = (): void => {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  };
}
