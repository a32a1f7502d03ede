/** As much of MIME as the product's own mails use: two alternatives, each encoded. */
export function readMail(source: string) {
  const { headers, body } = split(source);
  const type = headers.get("content-type") ?? "";
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  const parts = (boundary ? body.split(`--${boundary}`) : []).map((part) =>
    split(part.replace(/^\r\n/, "")),
  );
  const partOf = (mime: string) => {
    const part = parts.find(({ headers: own }) => own.get("content-type")?.startsWith(mime));
    return part ? decodeBody(part.body, part.headers.get("content-transfer-encoding")) : "";
  };
  return {
    headers,
    subject: decodeWords(headers.get("subject") ?? ""),
    text: partOf("text/plain"),
    html: partOf("text/html"),
  };
}

function split(source: string) {
  const end = source.indexOf("\r\n\r\n");
  const head = (end < 0 ? source : source.slice(0, end)).replace(/\r\n[ \t]+/g, " ");
  const lines = head.split("\r\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(lines), body: end < 0 ? "" : source.slice(end + 4) };
}

function decodeBody(body: string, encoding = "7bit"): string {
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? quotedPrintable(body) : body, "latin1");
  return bytes.toString("utf8").replaceAll("\r\n", "\n").trimEnd();
}

function quotedPrintable(text: string): string {
  return text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Encoded words of a header (RFC 2047); neighbours are one text, cut between bytes. */
function decodeWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
    (encoding.toLowerCase() === "b"
      ? Buffer.from(text, "base64")
      : Buffer.from(quotedPrintable(text.replaceAll("_", " ")), "latin1")
    ).toString("utf8"),
  );
}
