"use client";

import { useTranslations } from "next-intl";
import { newId } from "@/lib/ids";
import {
  deleteCues,
  duplicateCue,
  insertCue,
  mergeCues,
  mergeWithNeighbour,
  splitCue,
} from "@/lib/subtitles/operations/editing";
import { type Editor, useEditor, useSelection } from "../editor-context";
import { useCommand } from "../keys/keys-context";
import { chosenIds } from "../selection/selection";
import { useAnnounce } from "./announcer";
import { caretAfter } from "./caret-after";
import { makingOf, useEdits } from "./use-edits";

const chosen = ({ selection, session }: Editor) => chosenIds(selection.get(), session.document.ids);

/** Going from cue to cue, and making, joining and taking away cues. */
export function useCueCommands(): void {
  useMoves();
  useParts();
  useNewCues();
  useRemoval();
}

function useMoves(): void {
  const editor = useEditor();
  const { session, selection, dispatch, player } = editor;
  const some = useSelection(({ cueId }) => cueId !== null);
  const go = (step: 1 | -1) => {
    const { ids } = session.document;
    const { cueId, editing } = selection.get();
    const current = cueId ?? editor.active.get()[0]?.id;
    const at = current === undefined ? -1 : ids.indexOf(current);
    const next = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))];
    if (next === undefined || next === cueId) return;
    // Whoever writes goes on writing.
    dispatch(
      editing ? { kind: "edit", cueId: next } : { kind: "select", cueId: next, focus: true },
    );
    player.seek(session.document.cue(next)?.startMs ?? player.timeMs);
  };
  useCommand("cue.next", () => go(1));
  useCommand("cue.previous", () => go(-1));
  useCommand(
    "cue.edit",
    () => {
      const { cueId } = selection.get();
      if (cueId !== null) dispatch({ kind: "edit", cueId });
    },
    { enabled: some && !editor.readOnly },
  );
  useCommand("cue.select-all", () =>
    dispatch({ kind: "set", cueIds: session.document.ids, focus: true }),
  );
}

function useParts(): void {
  const editor = useEditor();
  const { session, selection, dispatch, player, writing } = editor;
  const t = useTranslations("editor.done");
  const edits = useEdits();
  const some = useSelection(({ cueId }) => cueId !== null);
  const enabled = some && !editor.readOnly;

  const split = () => {
    const { cueId, editing } = selection.get();
    if (cueId === null) return;
    const id = newId();
    const caret = writing.open?.cueId === cueId ? writing.open.caret() : undefined;
    const done = edits.make(
      (now) => {
        const cue = now.session.document.cue(cueId);
        if (!cue) return { ok: false, reason: "cue_not_found" };
        const at = { caret, playheadMs: player.timeMs };
        return splitCue({ ...makingOf(now), cue, at, makeId: () => id });
      },
      { said: t("split") },
    );
    if (!done) return;
    if (editing) dispatch({ kind: "edit", cueId: id, caret: "start" });
    else dispatch({ kind: "select", cueId: id, focus: true });
  };
  useCommand("cue.split", split, { enabled });

  const merge = (neighbour: "next" | "previous") => {
    const { cueId, range, editing } = selection.get();
    if (cueId === null) return;
    writing.commit();
    const { ids } = session.document;
    const at = ids.indexOf(cueId);
    const first = range.size > 0 ? chosen(editor)[0] : neighbour === "next" ? cueId : ids[at - 1];
    const lead = first === undefined ? undefined : session.document.cue(first);
    const done = edits.make(
      (now) => {
        const cues = now.session.document.cues();
        return range.size > 0
          ? mergeCues({ ...makingOf(now), cues, ids: range })
          : mergeWithNeighbour({ ...makingOf(now), cues, cueId, neighbour });
      },
      { said: t("merged") },
    );
    if (!done || !lead) return;
    const text = session.document.cue(lead.id)?.text ?? "";
    if (editing) dispatch({ kind: "edit", cueId: lead.id, caret: caretAfter(text, lead.text) });
    else dispatch({ kind: "select", cueId: lead.id, focus: true });
  };
  useCommand("cue.merge-next", () => merge("next"), { enabled });
  useCommand("cue.merge-previous", () => merge("previous"), { enabled });
}

function useNewCues(): void {
  const editor = useEditor();
  const { selection, dispatch, player, video } = editor;
  const t = useTranslations("editor.done");
  const edits = useEdits();
  const some = useSelection(({ cueId }) => cueId !== null);

  const insert = (side: "after" | "before") => {
    const { cueId } = selection.get();
    const id = newId();
    const done = edits.make(
      (now) => {
        const place =
          cueId === null
            ? { atMs: player.timeMs }
            : side === "after"
              ? { after: cueId }
              : { before: cueId };
        const cues = now.session.document.cues();
        const { durationMs } = video;
        return insertCue({
          ...makingOf(now),
          ...(durationMs !== null && { durationMs }),
          ...{ cues, place, id },
        });
      },
      { said: t("inserted") },
    );
    if (done) dispatch({ kind: "edit", cueId: id });
  };
  useCommand("cue.insert-after", () => insert("after"), { enabled: !editor.readOnly });
  useCommand("cue.insert-before", () => insert("before"), { enabled: some && !editor.readOnly });

  const duplicate = () => {
    const { cueId } = selection.get();
    if (cueId === null) return;
    const id = newId();
    const done = edits.make(
      (now) => duplicateCue({ ...makingOf(now), cues: now.session.document.cues(), cueId, id }),
      { said: t("duplicated") },
    );
    if (done) dispatch({ kind: "select", cueId: id, focus: true });
  };
  useCommand("cue.duplicate", duplicate, { enabled: some && !editor.readOnly });
}

function useRemoval(): void {
  const editor = useEditor();
  const t = useTranslations("editor.done");
  const edits = useEdits();
  const announce = useAnnounce();
  const some = useSelection(({ cueId }) => cueId !== null);
  const remove = () => {
    const ids = chosen(editor);
    const done = edits.make((now) => deleteCues(now.session.document.cues(), new Set(ids)));
    if (done) announce(t("deleted", { count: ids.length }));
  };
  useCommand("cue.delete", remove, { enabled: some && !editor.readOnly });
}
