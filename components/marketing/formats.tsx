import { getTranslations } from "next-intl/server";
import { Section } from "./section";

/** What can be uploaded and downloaded. */
export async function Formats() {
  const t = await getTranslations("marketing.formats");
  return (
    <Section id="formats" title={t("title")}>
      <div className="grid gap-x-12 gap-y-10 border-t pt-8 md:grid-cols-2">
        <div className="flex flex-col gap-4">
          <h3 className="font-medium text-ink-muted text-base">{t("in")}</h3>
          <ul className="flex flex-wrap gap-x-6 gap-y-1 font-semibold text-xl tracking-tight">
            {["MP4", "MOV", "AVI", "WEBM"].map((format) => (
              <li key={format}>{format}</li>
            ))}
          </ul>
          <p className="text-base text-ink-muted">{t("inNote")}</p>
        </div>
        <div className="flex flex-col gap-4">
          <h3 className="font-medium text-ink-muted text-base">{t("out")}</h3>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-2">
            {(["srt", "vtt", "ass"] as const).map((format) => (
              <div key={format} className="contents">
                <dt className="font-semibold text-xl uppercase tracking-tight">{format}</dt>
                <dd className="text-base text-ink-muted">{t(format)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Section>
  );
}
