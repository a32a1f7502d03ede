import { LockKeyhole } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";

/** Whose the videos are, and the way in. */
export async function Closing() {
  const privacy = await getTranslations("marketing.privacy");
  const t = await getTranslations("marketing.closing");
  return (
    <div className="mx-auto grid w-full max-w-6xl gap-4 px-4 pt-6 pb-20 sm:px-6 sm:pb-28 lg:grid-cols-2">
      <section
        aria-labelledby="privacy-title"
        className="flex flex-col gap-3 rounded-base border bg-surface p-6 sm:p-10"
      >
        <LockKeyhole aria-hidden="true" strokeWidth={1.5} className="mb-2 size-6 text-ink-muted" />
        <h2 id="privacy-title" className="font-semibold text-xl tracking-tight">
          {privacy("title")}
        </h2>
        <p className="text-base text-ink-muted text-pretty">{privacy("description")}</p>
      </section>
      <section
        aria-labelledby="closing-title"
        className="flex flex-col items-start justify-between gap-8 rounded-base bg-ink p-6 text-canvas sm:p-10"
      >
        <h2 id="closing-title" className="font-semibold text-2xl tracking-tight">
          {t("title")}
        </h2>
        <ButtonLink
          href={routes.signUp()}
          size="lg"
          className="border-transparent bg-canvas text-ink not-disabled:hover:bg-canvas/90"
        >
          {t("signUp")}
        </ButtonLink>
      </section>
    </div>
  );
}
