"use client";

import { useSyncExternalStore } from "react";
import { useEditor } from "../editor-context";
import type { FollowEvent, FollowMode } from "./follow";

export interface Following {
  mode: FollowMode;
  on: (event: FollowEvent) => void;
}

/** Whether the editor goes with the picture. */
export function useFollow(): Following {
  const { follow } = useEditor();
  return { mode: useSyncExternalStore(follow.subscribe, follow.get, follow.get), on: follow.on };
}
