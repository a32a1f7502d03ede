/** What comes in the place of a match: text, the number of a group, or all of the match (0). */
export type Template = readonly (string | number)[];

const sign = /\$(?:(\$)|(&)|<([^>]*)>|(\d{1,2}))|\\([nt\\])/g;

/**
 * Reads a replacement as JavaScript does: $1 to $99, $<name>, $&, $$; and \n, \t, \\. What refers
 * to no group of the pattern stands for itself. `groups`: names by number from 1.
 */
export function parseTemplate(source: string, groups: readonly string[]): Template {
  const parts: (string | number)[] = [];
  let from = 0;
  for (const match of source.matchAll(sign)) {
    const [all, dollar, whole, name, digits, escaped] = match;
    parts.push(source.slice(from, match.index));
    from = match.index + all.length;
    if (dollar) parts.push("$");
    else if (whole) parts.push(0);
    else if (escaped) parts.push(escaped === "n" ? "\n" : escaped === "t" ? "\t" : "\\");
    else if (name !== undefined) {
      const index = groups.indexOf(name);
      parts.push(name === "" || index === -1 ? all : index + 1);
    } else parts.push(...groupPart(all, digits ?? "", groups.length));
  }
  parts.push(source.slice(from));
  return parts.filter((part) => part !== "");
}

/** "$12" is group 12 where there is one, else group 1 and a "2". */
function groupPart(all: string, digits: string, count: number): (string | number)[] {
  const number = Number(digits);
  if (number >= 1 && number <= count) return [number];
  const first = Number(digits.charAt(0));
  const rest = digits.slice(1);
  return rest !== "" && first >= 1 && first <= count ? [first, rest] : [all];
}

/** The replacement for one match; a group that wasn't reached is nothing. */
export function fillTemplate(
  template: Template,
  match: string,
  groups: readonly (string | undefined)[],
): string {
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      return part === 0 ? match : (groups[part - 1] ?? "");
    })
    .join("");
}
