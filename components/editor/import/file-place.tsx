"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FileDrop } from "@/components/ui/file-drop";
import { useQuantities } from "@/lib/client/use-quantities";
import { maxSubtitleFileBytes } from "@/lib/subtitles/formats/limits";

const accepted =
  ".srt,.vtt,.ass,.ssa,.smi,.sami,.sbv,.ttml,.dfxp,.itt,.xml,.json,.txt,text/plain,text/vtt";

/** Takes a subtitle file that isn't too large. */
export function FilePlace({ onFile }: { onFile: (file: File) => void }) {
  const t = useTranslations("files.import");
  const quantities = useQuantities();
  const [tooLarge, setTooLarge] = useState(false);
  const take = (file: File) => {
    setTooLarge(file.size > maxSubtitleFileBytes);
    if (file.size <= maxSubtitleFileBytes) onFile(file);
  };
  return (
    <FileDrop
      accept={accepted}
      words={{
        ...{ field: t("file"), drop: t("drop"), dropNow: t("dropNow") },
        ...{ choose: t("choose"), formats: t("chooseHint") },
      }}
      problem={tooLarge ? t("tooLarge", { max: quantities.bytes(maxSubtitleFileBytes) }) : null}
      onFile={take}
    />
  );
}
