"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { PickedFile } from "@/lib/client/uploader";
import { acceptedTypes, pickFiles } from "./pick-files";

interface FileButtonProps extends Omit<ComponentProps<typeof Button>, "onClick"> {
  multiple?: boolean;
  onFiles: (files: PickedFile[]) => void;
  /** Names the hidden file field. */
  inputLabel: string;
}

/** Chooses files from the machine. */
export function FileButton({ multiple = true, onFiles, inputLabel, ...props }: FileButtonProps) {
  const t = useTranslations("studio.upload");
  const input = useRef<HTMLInputElement>(null);
  const choose = async () => {
    const picked = await pickFiles({ multiple, description: t("videoFiles") });
    if (picked === null) input.current?.click();
    else if (picked.length > 0) onFiles(picked);
  };
  return (
    <>
      <Button {...props} onClick={() => void choose()} />
      <input
        ref={input}
        type="file"
        aria-label={inputLabel}
        accept={acceptedTypes}
        multiple={multiple}
        hidden
        onChange={(event) => {
          const files = Array.from(event.target.files ?? [], (file) => ({ file }));
          // The same file may be chosen again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
