"use client";

import { Download, Ellipsis, PencilLine, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { deleteVideo, renameVideo } from "@/lib/client/use-videos";
import type { VideoView } from "@/lib/videos/schema";

interface VideoMenuProps {
  video: VideoView;
  onRenamed: () => void;
  onDeleted: () => void;
  className?: string;
}

/** What can be done with a video, beside opening it. */
export function VideoMenu({ video, onRenamed, onDeleted, className }: VideoMenuProps) {
  const t = useTranslations("studio.videos");
  const [task, setTask] = useState<"rename" | "delete" | null>(null);
  // Who shares it keeps it.
  if (video.role !== "owner") return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("menu", { title: video.title })}
            className={className ?? ""}
          >
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setTask("rename")}>
          <PencilLine aria-hidden="true" />
          {t("rename")}
        </MenuItem>
        {video.downloadUrl ? (
          <MenuLink href={video.downloadUrl} download>
            <Download aria-hidden="true" />
            {t("downloadOriginal")}
          </MenuLink>
        ) : null}
        <MenuSeparator />
        <MenuItem tone="danger" onClick={() => setTask("delete")}>
          <Trash2 aria-hidden="true" />
          {t("delete")}
        </MenuItem>
      </Menu>
      {task === "rename" ? (
        <RenameDialog video={video} onDone={onRenamed} onClose={() => setTask(null)} />
      ) : null}
      <DeleteDialog
        video={video}
        open={task === "delete"}
        onDone={onDeleted}
        onClose={() => setTask(null)}
      />
    </>
  );
}

interface TaskProps {
  video: VideoView;
  onDone: () => void;
  onClose: () => void;
}

function RenameDialog({ video, onDone, onClose }: TaskProps) {
  const t = useTranslations("studio.videos");
  const common = useTranslations("common");
  const [title, setTitle] = useState(video.title);
  const empty = title.trim() === "";
  const field = useRef<HTMLInputElement>(null);
  const action = useAction(async () => {
    if (title.trim() !== video.title) await renameVideo(video.id, title.trim());
    onClose();
    onDone();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!empty) action.run();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("renameTitle")}
      initialFocus={field}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            type="submit"
            form="rename-video"
            pending={action.pending}
            disabled={empty}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <form id="rename-video" onSubmit={submit} className="pt-2">
        <Field id="video-title" label={t("titleLabel")} error={empty ? t("titleEmpty") : undefined}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              value={title}
              maxLength={200}
              autoComplete="off"
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ video, open, onDone, onClose }: TaskProps & { open: boolean }) {
  const t = useTranslations("studio.videos");
  const common = useTranslations("common");
  const action = useAction(async () => {
    await deleteVideo(video.id);
    onClose();
    toast.success(t("deleted", { title: video.title }));
    onDone();
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t("deleteTitle")}
      description={t("deleteDescription", { title: video.title })}
      cancelLabel={common("cancel")}
      confirmLabel={t("deleteConfirm")}
      pending={action.pending}
      onConfirm={action.run}
    />
  );
}
