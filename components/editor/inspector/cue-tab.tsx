"use client";

import { CueStory } from "../cue-origin";
import { useEditor, useSelection } from "../editor-context";

/** All about the chosen cue. */
export function CueTab() {
  const { session } = useEditor();
  const cueId = useSelection((selection) => selection.cueId);
  if (cueId === null) return null;
  return <CueStory trackId={session.trackId} cueId={cueId} />;
}
