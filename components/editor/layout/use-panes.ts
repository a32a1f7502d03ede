"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useStored } from "@/lib/client/use-stored";
import {
  fittingSizes,
  type PaneName,
  type PaneSizes,
  paneLimits,
  type Room,
  readSizes,
  usualSizes,
} from "./panes";

const isText = (value: string): value is string => true;

export interface Panes {
  sizes: PaneSizes;
  limits: (pane: PaneName) => { min: number; max: number };
  /** `settled`: remembered; while a hand still drags, it is only shown. */
  resize: (pane: PaneName, size: number, settled: boolean) => void;
  /** The usual size again. */
  reset: (pane: PaneName) => void;
}

/** The sizes of the panes in `frame`, as this browser remembers them and as they fit now. */
export function usePanes(frame: RefObject<HTMLElement | null>): Panes {
  const [stored, store] = useStored<string>("editor.panes", "{}", isText);
  const [dragged, setDragged] = useState<Partial<PaneSizes>>({});
  const room = useRoom(frame);
  const wanted = { ...readSizes(stored), ...dragged };
  const sizes = fittingSizes(wanted, room);

  const resize = (pane: PaneName, size: number, settled: boolean) => {
    const { min, max } = paneLimits(pane, sizes, room);
    const fitting = Math.round(Math.min(max, Math.max(min, size)));
    if (!settled) return setDragged({ [pane]: fitting });
    setDragged({});
    store(JSON.stringify({ ...readSizes(stored), [pane]: fitting }));
  };
  return {
    sizes,
    limits: (pane) => paneLimits(pane, sizes, room),
    resize,
    reset: (pane) => resize(pane, usualSizes(room)[pane], true),
  };
}

/** Of a laptop, until it is measured. */
const usualRoom: Room = { width: 1440, height: 792 };

function useRoom(frame: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState(usualRoom);
  const last = useRef(usualRoom);
  const measure = useCallback((element: HTMLElement) => {
    const next = { width: element.clientWidth, height: element.clientHeight };
    if (next.width === last.current.width && next.height === last.current.height) return;
    last.current = next;
    setRoom(next);
  }, []);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    measure(element);
    const observer = new ResizeObserver(() => measure(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, measure]);
  return room;
}
