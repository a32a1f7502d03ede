import { Coins, Film, FolderInput, type LucideIcon } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { StartTrial } from "@/components/trial/start-trial";
import { ButtonLink } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { currentAccount } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { lotLifeMs, signUpCredits, trialCredits } from "@/lib/credits/lots";
import { trialHere } from "@/lib/trial/browser";
import { trialLimits } from "@/lib/trial/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trial.try");
  return { title: t("title"), description: t("description") };
}

const minutes = trialLimits.durationMs / 60_000;
const facts = {
  credits: { minutes, credits: trialCredits, days: lotLifeMs.trial / 86_400_000 },
  file: { minutes, megabytes: trialLimits.sizeBytes / 1024 ** 2, uploads: trialLimits.uploadsADay },
  keep: { credits: signUpCredits - trialCredits },
} as const;

export default async function TryPage() {
  const t = await getTranslations("trial.try");
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-8 px-4 pt-8 pb-20 sm:px-6 sm:pt-20">
      <div className="flex flex-col gap-3">
        <h1 className="font-bold text-3xl tracking-tight sm:text-4xl">{t("title")}</h1>
        <p className="text-ink-muted text-pretty">{t("description")}</p>
      </div>
      <ul className="flex flex-col border-t">
        <Fact icon={Coins} title={t("credits", facts.credits)}>
          {t("creditsNote", facts.credits)}
        </Fact>
        <Fact icon={Film} title={t("file", facts.file)}>
          {t("fileNote", facts.file)}
        </Fact>
        <Fact icon={FolderInput} title={t("keep")}>
          {t("keepNote", facts.keep)}
        </Fact>
      </ul>
      <div className="flex min-h-28 flex-col gap-4">
        <Suspense fallback={<Skeleton className="h-11 w-40" />}>
          <WayIn />
        </Suspense>
      </div>
      <p className="text-base text-ink-muted text-pretty">{t("cookie")}</p>
    </div>
  );
}

function Fact({
  icon: Icon,
  title,
  children,
}: {
  icon: LucideIcon;
  title: string;
  children: string;
}) {
  return (
    <li className="flex gap-4 border-b py-4">
      <Icon
        aria-hidden="true"
        strokeWidth={1.5}
        className="mt-0.5 size-5 shrink-0 text-ink-muted"
      />
      <div className="flex flex-col gap-0.5">
        <p className="font-medium">{title}</p>
        <p className="text-base text-ink-muted text-pretty">{children}</p>
      </div>
    </li>
  );
}

/** What this browser can do next. */
async function WayIn() {
  const t = await getTranslations("trial.try");
  const { state, credits } = await trialHere();
  const words = {
    locale: await getLocale(),
    labels: { signUp: t("signUp"), network: t("network") },
  };
  if (await currentAccount()) {
    return state === "claimable" ? (
      <Way text={t("claimable")} href={routes.claim()} label={t("claim")} />
    ) : (
      <Way text={t("account")} href={routes.upload()} label={t("upload")} />
    );
  }
  if (state === "new") return <StartTrial start={t("start")} {...words} />;
  if (state === "active") {
    return (
      <>
        <p>{t("goOnNote", { credits })}</p>
        <StartTrial start={t("goOn")} {...words} />
      </>
    );
  }
  const text = state === "off" ? t("off", { credits: signUpCredits }) : t("over");
  return <Way text={text} href={routes.signUp()} label={t("signUp")} />;
}

function Way({ text, href, label }: { text: string; href: string; label: string }) {
  return (
    <>
      <p>{text}</p>
      <ButtonLink href={href} variant="primary" size="lg" className="self-start">
        {label}
      </ButtonLink>
    </>
  );
}
