/** What XML knows, and every text format with references takes over. */
const xmlNames: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** U+00A0 to U+00FF in order. */
const latin1Names =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

const htmlNames: Record<string, string> = {
  ...xmlNames,
  ...Object.fromEntries(
    latin1Names.split(" ").map((name, i) => [name, String.fromCharCode(0xa0 + i)]),
  ),
  ...{ ensp: "\u2002", emsp: "\u2003", thinsp: "\u2009", zwnj: "\u200c", zwj: "\u200d" },
  ...{ lrm: "\u200e", rlm: "\u200f", ndash: "\u2013", mdash: "\u2014", hellip: "\u2026" },
  ...{ lsquo: "\u2018", rsquo: "\u2019", sbquo: "\u201a", ldquo: "\u201c", rdquo: "\u201d" },
  ...{ bdquo: "\u201e", dagger: "\u2020", bull: "\u2022", permil: "\u2030", prime: "\u2032" },
  ...{ lsaquo: "\u2039", rsaquo: "\u203a", euro: "\u20ac", trade: "\u2122", OElig: "\u0152" },
  ...{ oelig: "\u0153", Scaron: "\u0160", scaron: "\u0161", larr: "\u2190", uarr: "\u2191" },
  ...{ rarr: "\u2192", darr: "\u2193", harr: "\u2194", hearts: "\u2665", sung: "\u266a" },
};

/** The character of a numeric reference; U+FFFD for numbers that are none. */
export function fromCodePoint(value: number): string {
  const valid = value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
  return valid ? String.fromCodePoint(value) : "\ufffd";
}

const xmlPattern = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const htmlPattern = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}[1-4]{0,2}));?/gi;

function decode(text: string, pattern: RegExp, names: Record<string, string>): string {
  if (!text.includes("&")) return text;
  return text.replace(pattern, (whole, decimal, hex, name: string | undefined) => {
    if (decimal !== undefined) return fromCodePoint(Number(decimal));
    if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
    if (name === undefined) return whole;
    return own(names, name) ?? own(names, name.toLowerCase()) ?? whole;
  });
}

function own(names: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** Resolves XML's own references and no entity of a document's: none can grow or fetch anything. */
export function decodeXml(text: string): string {
  return decode(text, xmlPattern, xmlNames);
}

/** Resolves HTML's references as SMI files have them, also without the semicolon. */
export function decodeHtml(text: string): string {
  return decode(text, htmlPattern, htmlNames);
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML's and HTML's content and double-quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
