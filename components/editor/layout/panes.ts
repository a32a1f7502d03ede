/** Sizes of the editor's panes in px; the picture has what is left. */
export interface PaneSizes {
  /** Width of the list. */
  list: number;
  /** Width of the inspector where it stands beside the list. */
  inspector: number;
  /** Height of the inspector where it stands below the picture. */
  inspectorBelow: number;
  /** Height of the timeline. */
  timeline: number;
}

export type PaneName = keyof PaneSizes;

/** What the panes share, in px. */
export interface Room {
  width: number;
  height: number;
}

/** What is left at the least for the picture (160 px high) and its controls in one line. */
const smallestPicture = { width: 448, height: 250 };

const smallest: PaneSizes = { list: 340, inspector: 264, inspectorBelow: 96, timeline: 88 };
const names = Object.keys(smallest) as PaneName[];
const largest: PaneSizes = { list: 960, inspector: 560, inspectorBelow: 520, timeline: 480 };

/** From this width on the inspector stands beside the list, in px. */
export const besidePx = 1200;

/** Where nobody has moved anything: on a laptop of 1280 x 720 eight rows stay in sight. */
export function usualSizes({ width, height }: Room): PaneSizes {
  const low = height < 720;
  return {
    list: width >= 1600 ? 640 : width >= 1400 ? 560 : width >= besidePx ? 500 : 440,
    inspector: width >= 1600 ? 340 : width >= 1400 ? 300 : 264,
    inspectorBelow: low ? 120 : 200,
    timeline: low ? 132 : 184,
  };
}

/** How large and how small a pane may be just now. */
export function paneLimits(
  pane: PaneName,
  sizes: PaneSizes,
  room: Room,
): { min: number; max: number } {
  const beside = room.width >= besidePx;
  const taken = {
    list: beside ? sizes.inspector : 0,
    inspector: sizes.list,
    inspectorBelow: sizes.timeline,
    timeline: beside ? 0 : sizes.inspectorBelow,
  }[pane];
  const wide = pane === "list" || pane === "inspector";
  const all = wide ? room.width - smallestPicture.width : room.height - smallestPicture.height;
  const min = smallest[pane];
  return { min, max: Math.max(min, Math.min(largest[pane], all - taken)) };
}

/** Sizes that fit: of a smaller window, of an older version, of another hand. */
export function fittingSizes(wanted: Partial<PaneSizes>, room: Room): PaneSizes {
  const sizes = { ...usualSizes(room), ...wanted };
  for (const pane of names) {
    sizes[pane] = Math.round(Math.min(largest[pane], Math.max(smallest[pane], sizes[pane])));
  }
  // What isn't in sight gives way last, as it takes no room.
  const beside = room.width >= besidePx;
  const order: PaneName[] = beside
    ? ["inspector", "list", "timeline", "inspectorBelow"]
    : ["inspectorBelow", "timeline", "list", "inspector"];
  for (const pane of order) {
    const { max } = paneLimits(pane, sizes, room);
    sizes[pane] = Math.min(max, sizes[pane]);
  }
  return sizes;
}

/** What this browser has remembered; what isn't a size falls away. */
export function readSizes(stored: string): Partial<PaneSizes> {
  const sizes: Partial<PaneSizes> = {};
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== "object" || value === null) return {};
    for (const [name, size] of Object.entries(value)) {
      const known = Object.hasOwn(smallest, name);
      if (known && Number.isFinite(size)) sizes[name as PaneName] = size;
    }
    return sizes;
  } catch {
    return {};
  }
}
