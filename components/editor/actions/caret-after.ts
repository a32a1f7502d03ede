/**
 * Where a text ends that stands at the beginning of another, whatever has become of its spaces and
 * line breaks: counted in characters that aren't spaces.
 */
export function caretAfter(text: string, lead: string): number {
  const wanted = lead.replace(/\s+/g, "").length;
  let seen = 0;
  for (let at = 0; at < text.length; at++) {
    if (seen === wanted) return at;
    if (!/\s/.test(text.charAt(at))) seen += 1;
  }
  return text.length;
}
