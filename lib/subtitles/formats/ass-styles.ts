/** `\a` of SSA counts differently: 1 to 3 bottom, 5 to 7 top, 9 to 11 middle. */
const numpadOfLegacyAlignment = [2, 1, 2, 3, 2, 7, 8, 9, 2, 4, 5, 6];

/** The numpad key of an alignment in SSA's own numbers. */
export function numpadFromLegacy(alignment: number): number {
  return numpadOfLegacyAlignment[alignment] ?? 2;
}

/** True for the section of ASS, false for the older one of SSA. */
export function isV4PlusStyles(sectionName: string): boolean {
  return sectionName.includes("+");
}

/**
 * The names of the styles of a section and the numpad key (1 to 9) of each: all that the model
 * needs to know of them. `text` is the section without its bracketed first line.
 */
export function styleAlignments(text: string, sectionName: string): Map<string, number> {
  const alignments = new Map<string, number>();
  const v4Plus = isV4PlusStyles(sectionName);
  let names: string[] = [];
  for (const line of text.split("\n")) {
    const [, kind, fields = ""] = /^(Format|Style):(.*)$/i.exec(line) ?? [];
    const values = fields.split(",").map((field) => field.trim());
    if (kind?.toLowerCase() === "format") names = values.map((name) => name.toLowerCase());
    if (kind?.toLowerCase() !== "style") continue;
    const number = Number(values[names.indexOf("alignment")] ?? "2");
    const key = v4Plus ? number : numpadFromLegacy(number);
    const name = values[names.indexOf("name")] ?? "";
    alignments.set(name, Number.isInteger(key) && key >= 1 && key <= 9 ? key : 2);
  }
  return alignments;
}
