import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormatsTable } from "@/components/help/formats-table";
import { KeysTable } from "@/components/help/keys-table";
import { TimelineLegend } from "@/components/help/timeline-legend";
import { TourAgain } from "@/components/help/tour-again";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("help");
  return { title: t("title"), description: t("description") };
}

const parts = ["start", "keys", "timeline", "saving", "formats", "sharing"] as const;

export default async function HelpPage() {
  const t = await getTranslations("help");
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-12 px-4 pt-8 pb-20 sm:px-6 sm:pt-16">
      <header className="flex flex-col gap-3">
        <h1 className="font-bold text-3xl tracking-tight sm:text-4xl">{t("title")}</h1>
        <p className="text-ink-muted text-pretty">{t("description")}</p>
        <nav aria-label={t("contents")} className="pt-2">
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {parts.map((part) => (
              <li key={part}>
                <a
                  href={`#${part}`}
                  className="hit-area rounded-base font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
                >
                  {t(`${part}.title`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Part id="start" title={t("start.title")} texts={[t("start.text")]}>
        <TourAgain
          labels={{
            again: t("start.again"),
            ready: t("start.ready"),
            open: t("start.open"),
            logIn: t("start.logIn"),
            failed: t("start.failed"),
          }}
        />
      </Part>
      <Part id="keys" title={t("keys.title")} texts={[t("keys.text")]}>
        <KeysTable />
      </Part>
      <Part id="timeline" title={t("timeline.title")} texts={[t("timeline.text")]}>
        <TimelineLegend />
      </Part>
      <Part
        id="saving"
        title={t("saving.title")}
        texts={(["auto", "offline", "together", "undo", "versions"] as const).map((key) =>
          t(`saving.${key}`),
        )}
      />
      <Part id="formats" title={t("formats.title")} texts={[t("formats.text")]}>
        <FormatsTable />
      </Part>
      <Part
        id="sharing"
        title={t("sharing.title")}
        texts={(["people", "links", "notes", "owner"] as const).map((key) => t(`sharing.${key}`))}
      />
    </div>
  );
}

interface PartProps {
  id: string;
  title: string;
  /** A paragraph each. */
  texts: readonly string[];
  children?: React.ReactNode;
}

function Part({ id, title, texts, children }: PartProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-6 flex-col gap-4">
      <h2 id={`${id}-title`} className="font-semibold text-2xl tracking-tight">
        {title}
      </h2>
      {texts.map((text) => (
        <p key={text} className="text-pretty leading-relaxed">
          {text}
        </p>
      ))}
      {children}
    </section>
  );
}
