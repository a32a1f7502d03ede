/** Texts are `tour.<id>`. */
export interface TourStep {
  id: "list" | "text" | "timeline" | "quality" | "saving";
  /** What it is about, best first: the first one in sight is pointed at. */
  targets: readonly string[];
  side: "left" | "right" | "top" | "bottom";
}

export const tourSteps: readonly TourStep[] = [
  { id: "list", targets: ['[data-tour="list"]'], side: "left" },
  {
    id: "text",
    targets: ["[data-cue-row]:has([data-cue-text])", "[data-cue-row]", '[data-tour="list"]'],
    side: "bottom",
  },
  { id: "timeline", targets: ['[data-tour="timeline"]'], side: "top" },
  {
    id: "quality",
    targets: ['[data-tour="inspector"]', '[data-tour="list"] a[href*="/report"]'],
    side: "left",
  },
  { id: "saving", targets: ['[data-tour="head"]'], side: "bottom" },
];

/** The part of the page that a step is about; null when none of it is on the screen. */
export function targetOf({ targets }: TourStep, page: ParentNode): Element | null {
  for (const selector of targets) {
    for (const element of page.querySelectorAll(selector)) {
      if (element.getClientRects().length > 0) return element;
    }
  }
  return null;
}
