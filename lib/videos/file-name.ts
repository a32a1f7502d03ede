/** A file name as the person's machine gave it: NFC, no control characters, at most 255 bytes. */
export function cleanFileName(name: string): string {
  const base = name.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  // Bidirectional controls can make an extension look like another one.
  const visible = base.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "").trim();
  return truncateBytes(visible, 255);
}

/** Cuts at a character so that the UTF-8 form has at most `maxBytes`, keeping the extension. */
function truncateBytes(name: string, maxBytes: number): string {
  const size = (text: string) => new TextEncoder().encode(text).length;
  if (size(name) <= maxBytes) return name;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  let stem = [...name.slice(0, name.length - extension.length)];
  while (stem.length > 0 && size(stem.join("") + extension) > maxBytes) stem = stem.slice(0, -1);
  return stem.join("") + extension;
}

/** The title a video starts with: its file name without the extension. */
export function titleFromFileName(fileName: string): string {
  return fileName.replace(/\.[A-Za-z0-9]{1,8}$/, "").trim() || fileName;
}
