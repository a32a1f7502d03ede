/**
 * CP949, which Windows in Korea calls ANSI: KS X 1001 and, in the gaps around it, the 8,822
 * syllables that KS X 1001 lacks. Browsers read both under "euc-kr"; Node's ICU reads KS X 1001
 * alone, so that 뷁 or 펲 would be taken for damage.
 */

const replacement = 0xfffd;

/** UTF-16 units by byte pair, and the syllables that KS X 1001 has. */
interface Tables {
  units: Uint16Array;
  common: ReadonlySet<number>;
}

let tables: Tables | undefined;

/** Trail bytes of the gaps: letters first, then what ASCII leaves free, up to a last one. */
function* gapTrails(last: number): Generator<number> {
  for (let trail = 0x41; trail <= 0x5a; trail++) yield trail;
  for (let trail = 0x61; trail <= 0x7a; trail++) yield trail;
  for (let trail = 0x81; trail <= last; trail++) yield trail;
}

/**
 * The syllables of the gaps stand in the order of Unicode, so that
 * they follow from which ones KS X 1001 has.
 */
function makeTables(): Tables {
  const units = new Uint16Array(0x10000);
  const decoder = new TextDecoder("euc-kr");
  const known = new Set<number>();
  // Later additions to KS X 1001 that not every decoder has: the signs of euro and trade mark.
  units[0xa2e6] = 0x20ac;
  units[0xa2e7] = 0xae;
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      const unit = text.length === 1 ? text.charCodeAt(0) : replacement;
      // What KS X 1001 leaves open is for users' own characters in some decoders.
      if (unit === replacement || (unit >= 0xe000 && unit <= 0xf8ff)) continue;
      units[(lead << 8) | trail] = unit;
      known.add(unit);
    }
  }
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (const trail of gapTrails(lead <= 0xa0 ? 0xfe : 0xa0)) {
      while (known.has(syllable)) syllable++;
      if (syllable > 0xd7a3) break;
      units[(lead << 8) | trail] = syllable++;
    }
  }
  return { units, common: known };
}

/** Whether a syllable is one of the 2,350 that nearly all Korean text is made of. */
export function isCommonSyllable(unit: number): boolean {
  tables ??= makeTables();
  return unit >= 0xac00 && unit <= 0xd7a3 && tables.common.has(unit);
}

/** The text of CP949 bytes; each byte that fits nothing becomes U+FFFD. */
export function decodeCp949(bytes: Uint8Array): string {
  tables ??= makeTables();
  const { units: table } = tables;
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      units[length++] = lead;
      continue;
    }
    const unit = table[(lead << 8) | (bytes[at + 1] ?? 0)] ?? 0;
    if (unit === 0) {
      units[length++] = replacement;
    } else {
      units[length++] = unit;
      at++;
    }
  }
  return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units.subarray(0, length));
}
