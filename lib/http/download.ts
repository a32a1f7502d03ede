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
