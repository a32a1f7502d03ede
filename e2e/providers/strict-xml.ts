/** A part of an XML text: a tag as written, or text with its entities resolved. */
export type XmlPart =
  | { tag: string; name: string; kind: "open" | "close" | "empty" }
  | { text: string };

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const tagPattern =
  /^<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;

/**
 * Takes a text apart the way version 2 of DeepL's tag handling does: strictly.
 * @throws {SyntaxError} for anything that isn't well-formed.
 */
export function parseStrictXml(source: string): XmlPart[] {
  const parts: XmlPart[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < source.length) {
    if (source[at] === "<") {
      const match = tagPattern.exec(source.slice(at, at + 1_000));
      if (!match) throw new SyntaxError(`bad tag at ${at}`);
      const [tag, slash, name = "", , empty] = match;
      if (slash && open.pop() !== name) throw new SyntaxError(`</${name}> at ${at} closes nothing`);
      if (!slash && !empty) open.push(name);
      parts.push({ tag, name, kind: slash ? "close" : empty ? "empty" : "open" });
      at += tag.length;
      continue;
    }
    const next = source.indexOf("<", at);
    const raw = source.slice(at, next === -1 ? undefined : next);
    parts.push({ text: resolved(raw, at) });
    at += raw.length;
  }
  if (open.length > 0) throw new SyntaxError(`<${open.at(-1)}> is never closed`);
  return parts;
}

function resolved(raw: string, at: number): string {
  if (/[^\P{Cc}\t\n\r]/u.test(raw)) throw new SyntaxError(`control character after ${at}`);
  if (raw.includes("]]>")) throw new SyntaxError(`"]]>" after ${at}`);
  return raw.replace(/&([^;&]*;)?/g, (_, name: string | undefined) => {
    const known = entities[name?.slice(0, -1) ?? ""];
    if (known === undefined) throw new SyntaxError(`bad entity after ${at}`);
    return known;
  });
}

/** The parts as XML again. */
export function writeXml(parts: readonly XmlPart[]): string {
  return parts
    .map((part) =>
      "tag" in part
        ? part.tag
        : part.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("");
}
