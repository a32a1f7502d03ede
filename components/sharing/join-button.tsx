"use client";

import { PencilLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import { acceptShare } from "@/lib/client/use-sharing";

/** Lets whoever has a link that allows it edit, once they are signed in. */
export function JoinButton({ token, signedIn }: { token: string; signedIn: boolean }) {
  const t = useTranslations("sharing.page");
  const router = useRouter();
  const join = useAction(async () => {
    const { videoId } = await acceptShare(token);
    router.push(routes.video(videoId));
  });
  if (!signedIn) {
    return (
      <ButtonLink variant="accent" href={routes.login(routes.shared(token))} title={t("joinHint")}>
        <PencilLine aria-hidden="true" />
        {t("join")}
      </ButtonLink>
    );
  }
  return (
    <Button variant="accent" pending={join.pending} onClick={() => join.run()}>
      {join.pending ? null : <PencilLine aria-hidden="true" />}
      {join.pending ? t("joining") : t("join")}
    </Button>
  );
}
