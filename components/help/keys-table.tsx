import { getTranslations } from "next-intl/server";
import { type Chord, chordNames, type Platform } from "@/components/editor/keys/chord";
import { commandGroups, commandIds, commandSpec } from "@/components/editor/keys/command-table";
import { messageKey } from "@/components/editor/keys/message-key";
import { Kbd } from "@/components/ui/kbd";

/** Every shortcut as it is unless somebody gives it another key. */
export async function KeysTable() {
  const t = await getTranslations("help.keys");
  const names = await getTranslations("editor.commands");
  const groups = await getTranslations("editor.groups");
  return (
    <table className="w-full border-collapse text-base">
      <thead>
        <tr className="text-left text-ink-muted text-sm">
          <th scope="col" className="py-2 pr-3 font-medium">
            {t("action")}
          </th>
          <th scope="col" className="py-2 pr-3 font-medium">
            {t("other")}
          </th>
          <th scope="col" className="py-2 font-medium">
            {t("mac")}
          </th>
        </tr>
      </thead>
      {commandGroups.map((group) => (
        <tbody key={group}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={3}
              className="border-b-2 pt-5 pb-1.5 text-left font-semibold"
            >
              {groups(group)}
            </th>
          </tr>
          {commandIds
            .filter((id) => commandSpec(id).group === group)
            .map((id) => (
              <tr key={id} className="border-b align-baseline">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  {names(messageKey(id))}
                </th>
                <td className="py-1.5 pr-3">
                  <Keys chords={commandSpec(id).keys.other} platform="other" none={t("none")} />
                </td>
                <td className="py-1.5">
                  <Keys chords={commandSpec(id).keys.mac} platform="mac" none={t("none")} />
                </td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

interface KeysProps {
  chords: readonly Chord[];
  platform: Platform;
  none: string;
}

function Keys({ chords, platform, none }: KeysProps) {
  if (chords.length === 0) return <span className="text-ink-faint">{none}</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {chords.map((chord) => (
        <span key={chord} className="flex flex-wrap gap-0.5">
          {chordNames(chord, platform).map((name) => (
            <Kbd key={name}>{name}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
