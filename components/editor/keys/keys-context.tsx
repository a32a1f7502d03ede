"use client";

import { useTranslations } from "next-intl";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { useEditorSettings } from "@/lib/client/use-editor-settings";
import { platformHere } from "./chord";
import { CommandRegistry } from "./command-registry";
import { type CommandId, commandSpec, isCommandId, type OwnKeys } from "./command-table";
import { commandsOf, type KeyMap, keyFocus } from "./key-press";
import { messageKey } from "./message-key";

interface Keys {
  registry: CommandRegistry;
  map: KeyMap;
}

const Context = createContext<Keys | null>(null);

function useKeys(): Keys {
  const keys = useContext(Context);
  if (!keys) throw new Error("no KeysProvider around");
  return keys;
}

/** Makes keys do the commands of the parts inside, with the person's own keys. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new CommandRegistry());
  const platform = useSyncExternalStore(never, platformHere, () => "other" as const);
  const { settings } = useEditorSettings();
  const keys = useMemo(
    () => ({ registry, map: { platform, own: knownKeys(settings.keys) } }),
    [registry, platform, settings.keys],
  );
  useKeyPresses(keys);
  return <Context.Provider value={keys}>{children}</Context.Provider>;
}

const never = () => () => {};

const knownKeys = (keys: Record<string, string[]>): OwnKeys =>
  Object.fromEntries(Object.entries(keys).filter(([id]) => isCommandId(id)));

/** Keys wherever on the page the focus is, except behind a dialog and in an open menu. */
function useKeyPresses({ registry, map }: Keys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector(modal)) return;
    for (const id of commandsOf(event, keyFocus(event.target), map)) {
      if (!registry.has(id)) continue;
      // Taken also when it can't be done now: the browser's own meaning would surprise.
      event.preventDefault();
      if (!event.repeat || commandSpec(id).repeats) registry.run(id);
      return;
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

/** Dialogs have the keyboard to themselves; the find panel, which isn't one, does not. */
const modal = ["[role=dialog]", "[role=alertdialog]", "[role=menu]"]
  .map((popup) => `${popup}[data-open]`)
  // A list of choices stays on the page when it has closed.
  .concat("[data-open] [role=listbox]")
  .join();

/** Does a command when its key, its menu item or its button is pressed. The latest offer counts. */
export function useCommand(
  id: CommandId,
  handler: () => void,
  { enabled = true }: { enabled?: boolean } = {},
): void {
  const { registry } = useKeys();
  const run = useEffectEvent(handler);
  useEffect(() => registry.register(id, { run: () => run(), enabled }), [registry, id, enabled]);
}

/** Does a command by its name; false when it can't be done now. */
export function useRunCommand(): (id: CommandId) => boolean {
  const { registry } = useKeys();
  return (id) => registry.run(id);
}

/** Whether a command can be done now, and whether anybody does it at all. */
export function useCommandState(id: CommandId): { can: boolean; has: boolean } {
  const { registry } = useKeys();
  const can = useSyncExternalStore(
    registry.subscribe,
    () => registry.can(id),
    () => false,
  );
  const has = useSyncExternalStore(
    registry.subscribe,
    () => registry.has(id),
    () => false,
  );
  return { can, has };
}

/** What a command is called. */
export function useCommandName(id: CommandId): string {
  const t = useTranslations("editor.commands");
  return t(messageKey(id));
}

/** The keys as they are now: the usual ones, or the person's own. */
export function useKeyMap(): KeyMap {
  return useKeys().map;
}
