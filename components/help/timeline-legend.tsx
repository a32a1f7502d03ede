import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

/** As `components/timeline` paints them. */
const signs = {
  error: <circle cx="8" cy="8" r="5" className="fill-danger" />,
  warning: <path d="M8 3l5 9.5H3z" className="fill-warning" />,
  conflict: <path d="M8 3l5 5-5 5-5-5z" className="fill-none stroke-2 stroke-warning" />,
  overlap: <path d="M1 15L15 1M-4 10L10-4M6 20L20 6" className="stroke-danger stroke-2" />,
  gap: <path d="M1.5 4v8m13-8v8m-13-4h13" className="fill-none stroke-ink-muted" />,
  shot: <path d="M8 0v16" className="stroke-warning" />,
} as const satisfies Record<string, ReactNode>;

/** What the signs of the timeline mean. */
export async function TimelineLegend() {
  const t = await getTranslations("help.timeline.signs");
  return (
    <ul className="flex flex-col">
      {(Object.keys(signs) as (keyof typeof signs)[]).map((sign) => (
        <li key={sign} className="flex items-baseline gap-3 border-b py-1.5 last:border-b-0">
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            className="size-4 shrink-0 translate-y-0.5 overflow-hidden"
          >
            {signs[sign]}
          </svg>
          <span className="text-pretty">{t(sign)}</span>
        </li>
      ))}
    </ul>
  );
}
