"use client";

import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { filesFromDrop, type PickedFile } from "@/lib/client/uploader";

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** Takes files dropped anywhere on the page while it is shown. */
export function DropTarget({ onFiles }: { onFiles: (files: PickedFile[]) => void }) {
  const t = useTranslations("studio.upload");
  const [over, setOver] = useState(false);
  const take = useEffectEvent(async (data: DataTransfer) => {
    const files = await filesFromDrop(data);
    if (files.length > 0) onFiles(files);
  });

  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Without this the browser opens the file in place of the page.
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void take(event.dataTransfer);
    };
    document.addEventListener("dragover", onOver);
    document.addEventListener("dragleave", onLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      setOver(false);
      document.removeEventListener("dragover", onOver);
      document.removeEventListener("dragleave", onLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, []);

  if (!over) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-2 z-40 flex flex-col items-center justify-center gap-3 rounded-base border-2 border-accent border-dashed bg-canvas/90 font-semibold text-accent text-lg"
    >
      <Upload className="size-8" strokeWidth={1.5} />
      {t("dropNow")}
    </div>
  );
}
