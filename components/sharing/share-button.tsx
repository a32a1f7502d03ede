"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "@/components/editor/keys/keys-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import type { VideoView } from "@/lib/videos/schema";

const ShareDialog = lazyPart(() => import("./share-dialog").then((module) => module.ShareDialog));

/** Opens who else has the video, and by which links; also by its key. */
export function ShareButton({ video }: { video: Pick<VideoView, "id" | "title"> }) {
  const t = useTranslations("sharing");
  const [open, setOpen] = useState(false);
  useCommand("share.open", () => setOpen(true));
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Users aria-hidden="true" />
        <span className="max-sm:sr-only">{t("open")}</span>
      </Button>
      {open ? <ShareDialog video={video} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
