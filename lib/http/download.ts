import { contentDisposition } from "./content-disposition";

/** A text that a browser saves under a name, whatever it holds. `type` without its charset. */
export function download(type: string, fileName: string, body: BodyInit): Response {
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": contentDisposition("attachment", fileName),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/**
 * A file that a browser saves, with the hash by which anybody can tell that it is whole
 * (RFC 9530, and in hex as tools print it).
 */
export function fileDownload(file: {
  mimeType: string;
  fileName: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Hex. */
  sha256: string;
  headers?: Record<string, string>;
}): Response {
  const { mimeType, fileName, bytes, sha256, headers } = file;
  const isText = mimeType.startsWith("text/");
  return new Response(bytes, {
    headers: {
      ...headers,
      "content-type": isText ? `${mimeType}; charset=utf-8` : mimeType,
      "content-length": String(bytes.byteLength),
      "content-disposition": contentDisposition("attachment", fileName),
      "content-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
      "x-content-sha256": sha256,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
