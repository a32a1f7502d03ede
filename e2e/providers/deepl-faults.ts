/** What can go wrong at DeepL, on order. */
export type DeeplFault =
  | { kind: "rate_limited" }
  | { kind: "server_error"; status?: number }
  | { kind: "quota" }
  | { kind: "unauthorized" }
  | { kind: "bad_request" }
  /** The connection breaks without an answer. */
  | { kind: "dropped" }
  /** The right answer, late. */
  | { kind: "slow"; delayMs: number }
  /** The source as it was. */
  | { kind: "untranslated" }
  /** Another body with status 200. */
  | { kind: "answer"; body: string }
  | TagFault;

/** What happens to the cue at `cue` (from 0; the last one where there are fewer). */
export type TagFault =
  /** Its tag is gone, its words are in the cue beside it. */
  | { kind: "lost"; cue?: number }
  /** Its tag is empty, its words are in the cue beside it. */
  | { kind: "emptied"; cue?: number }
  /** It comes after the next one. */
  | { kind: "reordered"; cue?: number }
  /** It comes twice. */
  | { kind: "duplicated"; cue?: number }
  /** Its words stand outside every cue. */
  | { kind: "stray"; cue?: number };

export function isTagFault(fault: DeeplFault): fault is TagFault {
  return ["lost", "emptied", "reordered", "duplicated", "stray"].includes(fault.kind);
}

const cuePattern = /<c i="(\d+)">(.*?)<\/c>/gs;

/** The translated XML with the fault in it. */
export function withTagFault(xml: string, fault: TagFault): string {
  const cues = [...xml.matchAll(cuePattern)];
  const at = Math.min(fault.cue ?? 1, cues.length - 1);
  const cue = cues[at];
  if (!cue) return xml;
  const [whole, index, inner = ""] = cue;
  const neighbour = cues[at + 1] ?? cues[at - 1];
  const replaced = (parts: Record<string, string>) =>
    xml.replace(cuePattern, (found) => parts[found] ?? found);
  const intoNeighbour = neighbour && {
    [neighbour[0]]: `<c i="${neighbour[1]}">${neighbour[2]} ${inner}</c>`,
  };
  switch (fault.kind) {
    case "lost":
      return replaced({ ...intoNeighbour, [whole]: "" });
    case "emptied":
      return replaced({ ...intoNeighbour, [whole]: `<c i="${index}"></c>` });
    case "duplicated":
      return replaced({ [whole]: `${whole} ${whole}` });
    case "stray":
      return replaced({ [whole]: `<c i="${index}"></c>${inner}` });
    case "reordered":
      return neighbour ? replaced({ [whole]: neighbour[0], [neighbour[0]]: whole }) : xml;
  }
}
