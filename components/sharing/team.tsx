"use client";

import { useState } from "react";
import { mutate } from "swr";
import { useEditor, useSelection } from "@/components/editor/editor-context";
import { useInspectorTab } from "@/components/editor/inspector/inspector";
import { useCommand } from "@/components/editor/keys/keys-context";
import { noteRequest } from "@/components/notes/note-request";
import { VersionNameDialog } from "@/components/versions/version-name-dialog";
import { notesKey } from "@/lib/client/use-notes";
import { peopleKey } from "@/lib/client/use-sharing";
import { useTrackChanged } from "@/lib/client/use-track-events";
import { rereadVersions } from "@/lib/client/use-versions";
import { videoKey } from "@/lib/client/use-videos";
import { allows } from "@/lib/sharing/roles";

/**
 * What several people need of the open track: news of what others change beside the cues, and the
 * commands for notes and versions.
 */
export function Team() {
  const { session, video, reread } = useEditor();
  const { trackId } = session;
  const [naming, setNaming] = useState(false);
  const [, setTab] = useInspectorTab();
  const chosen = useSelection(({ cueId }) => cueId !== null);
  const mayEdit = allows(session.role, "editor");
  useTrackChanged(session, (what) => {
    switch (what) {
      case "notes":
        return void mutate(notesKey(trackId));
      case "versions":
        return void rereadVersions(trackId);
      case "review":
        return reread();
      case "access":
        void mutate(peopleKey(video.id));
        void mutate(videoKey(video.id));
        return reread();
      default:
        return;
    }
  });
  useCommand(
    "notes.add",
    () => {
      setTab("notes");
      noteRequest.ask();
    },
    { enabled: mayEdit && chosen },
  );
  useCommand("version.name", () => setNaming(true), { enabled: mayEdit });
  return naming ? <VersionNameDialog onClose={() => setNaming(false)} /> : null;
}
