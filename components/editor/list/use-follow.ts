"use client";

import { createContext, useContext } from "react";
import type { FollowEvent, FollowMode } from "./follow";

export interface Following {
  mode: FollowMode;
  on: (event: FollowEvent) => void;
}

/** Whether the list goes with the picture; shared by the list and its tools. */
export const FollowContext = createContext<Following>({ mode: "on", on: () => {} });

export const useFollow = (): Following => useContext(FollowContext);
