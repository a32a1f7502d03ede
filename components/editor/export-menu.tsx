"use client";

import { Download, FileDown, FileUp, FileVideo } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { trackFile } from "@/lib/client/use-files";
import { useEditor } from "./editor-context";
import { optionQuery, optionsFor } from "./export/choice";
import { useChoice } from "./export/use-choice";
import { CommandKeys } from "./keys/command-keys";
import { useCommand } from "./keys/keys-context";

const ExportDialog = lazyPart(() =>
  import("./export/export-dialog").then((module) => module.ExportDialog),
);
const ImportDialog = lazyPart(() =>
  import("./import/import-dialog").then((module) => module.ImportDialog),
);

/** One press away; all others are in the dialog. */
const quickFormats = ["srt", "vtt", "ass"] as const;

/** Takes subtitles home, and brings them. */
export function ExportMenu() {
  const t = useTranslations("files");
  const { track, video, session, readOnly } = useEditor();
  const { choice } = useChoice();
  const [dialog, setDialog] = useState<"export" | "import" | null>(null);
  useCommand("file.export", () => setDialog("export"));
  useCommand("file.import", () => setDialog("import"), { enabled: !readOnly });
  const spoken = session.document.cues().some((cue) => cue.speaker !== undefined);
  const about = { fps: video.fps, spoken, styled: true, second: false };
  const close = () => setDialog(null);
  return (
    <>
      <Menu
        trigger={
          <Button variant="accent">
            <Download aria-hidden="true" />
            {t("export.title")}
          </Button>
        }
        className="min-w-56"
      >
        <MenuGroup label={t("export.quick")}>
          {quickFormats.map((format) => {
            const options = choice.options[format] ?? {};
            const query = optionQuery(options, optionsFor([format], about));
            return (
              <MenuLink key={format} href={trackFile(track.id, { format, ...query }).href} download>
                <FileDown aria-hidden="true" />
                {t("export.download", { format: t(`formats.${format}.name`) })}
              </MenuLink>
            );
          })}
        </MenuGroup>
        <MenuSeparator />
        <MenuItem onClick={() => setDialog("export")}>
          <Download aria-hidden="true" />
          {t("export.open")}
          <CommandKeys id="file.export" />
        </MenuItem>
        {readOnly ? null : (
          <MenuItem onClick={() => setDialog("import")}>
            <FileUp aria-hidden="true" />
            {t("import.open")}
            <CommandKeys id="file.import" />
          </MenuItem>
        )}
        {video.downloadUrl ? (
          <>
            <MenuSeparator />
            <MenuLink href={video.downloadUrl} download>
              <FileVideo aria-hidden="true" />
              {t("export.original")}
            </MenuLink>
          </>
        ) : null}
      </Menu>
      {dialog === "export" ? <ExportDialog onClose={close} /> : null}
      {dialog === "import" ? <ImportDialog onClose={close} /> : null}
    </>
  );
}
