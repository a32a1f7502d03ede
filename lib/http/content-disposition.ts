/**
 * `Content-Disposition` for a file name in any language (RFC 6266): an ASCII stand-in for old
 * programs, and the NFC name percent-encoded (RFC 8187), because macOS gives Hangul decomposed.
 */
export function contentDisposition(kind: "inline" | "attachment", fileName: string): string {
  const name = fileName.normalize("NFC");
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
