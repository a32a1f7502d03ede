import { Check } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { readableFormats } from "@/lib/subtitles/formats";
import { exportFormats } from "@/lib/tracks/export-formats";

const readable: ReadonlySet<string> = new Set(readableFormats);

/** Which formats go out, and which come in. */
export async function FormatsTable() {
  const t = await getTranslations("help.formats");
  const files = await getTranslations("files.formats");
  return (
    <table className="w-full border-collapse text-base">
      <thead>
        <tr className="border-b-2 text-left text-ink-muted text-sm">
          {(["format", "use", "out", "in"] as const).map((column) => (
            <th key={column} scope="col" className="py-2 pr-3 font-medium last:pr-0">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {exportFormats.map((format) => (
          <tr key={format} className="border-b align-baseline">
            <th scope="row" className="py-1.5 pr-3 text-left font-semibold">
              {files(`${format}.name`)}
            </th>
            <td className="py-1.5 pr-3 text-ink-muted text-pretty">{files(`${format}.hint`)}</td>
            <td className="py-1.5 pr-3">
              <Mark on label={t("yes")} />
            </td>
            <td className="py-1.5">
              <Mark on={readable.has(format)} label={t(readable.has(format) ? "yes" : "no")} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ on, label }: { on: boolean; label: string }) {
  return (
    <span className="inline-flex text-ink-muted">
      {on ? <Check aria-hidden="true" className="size-4 self-center" /> : null}
      <span className={on ? "sr-only" : "whitespace-nowrap text-ink-faint text-sm"}>{label}</span>
    </span>
  );
}
