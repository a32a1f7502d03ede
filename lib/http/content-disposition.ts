/**
 * RFC 6266: an ASCII name for old programs, the real one in UTF-8 (RFC 8187) for all others. NFC,
 * since macOS hands out Hangul in pieces that Windows shows as such.
 */
export function contentDisposition(kind: "inline" | "attachment", fileName: string): string {
  const name = fileName
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, "")
    .toWellFormed();
  const ascii = name.replace(/[^\x20-\x7e]+/g, "_").replace(/["\\%/]/g, "_");
  // encodeURIComponent leaves '()* which RFC 8187 doesn't allow.
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii || "file"}"; filename*=UTF-8''${encoded || "file"}`;
}
