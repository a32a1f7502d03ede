"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { VideoView } from "@/lib/videos/schema";
import { ShareDialog } from "./share-dialog";

interface ShareButtonProps {
  video: Pick<VideoView, "id" | "title">;
  /** Controlled from outside, e.g. by a command; else by itself. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Opens who else has the video, and by which links. */
export function ShareButton({ video, open, onOpenChange }: ShareButtonProps) {
  const t = useTranslations("sharing");
  const [own, setOwn] = useState(false);
  const shown = open ?? own;
  const change = onOpenChange ?? setOwn;
  return (
    <>
      <Button onClick={() => change(true)}>
        <Users aria-hidden="true" />
        <span className="max-sm:sr-only">{t("open")}</span>
      </Button>
      {shown ? <ShareDialog video={video} onClose={() => change(false)} /> : null}
    </>
  );
}
