import { type FileHandle, open } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import {
  completeMultipartUpload,
  createMultipartUpload,
  generateClientTokenFromReadWriteToken,
  uploadPart,
} from "@vercel/blob/client";

export const PART_BYTES = 8 * 1024 ** 2;
const PARALLEL = 4;
const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });

interface Call {
  method: string;
  url: string;
  headers: Record<string, string | number>;
  body?: Buffer | string;
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

/** The lightest client there is, so that the server is what is measured. */
function call({ method, url, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const status = incoming.statusCode ?? 0;
        const text = Buffer.concat(chunks).toString();
        if (status >= 300) reject(new Error(`${method} ${url}: ${status} ${text}`));
        else resolve({ status, headers: incoming.headers, text });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function readPart(handle: FileHandle, index: number, sizeBytes: number): Promise<Buffer> {
  const start = index * PART_BYTES;
  const buffer = Buffer.allocUnsafe(Math.min(PART_BYTES, sizeBytes - start));
  await handle.read(buffer, 0, buffer.length, start);
  return buffer;
}

/** Runs `send` for every part, four at a time. @returns milliseconds of each part, sorted. */
async function inParallel(
  sizeBytes: number,
  send: (index: number) => Promise<void>,
): Promise<number[]> {
  let next = 0;
  const took: number[] = [];
  const worker = async () => {
    for (let i = next++; i * PART_BYTES < sizeBytes; i = next++) {
      const startedMs = performance.now();
      await send(i);
      took.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return took.toSorted((a, b) => a - b);
}

export interface UploadJob {
  origin: string;
  path: string;
  sizeBytes: number;
  pathname: string;
  readWriteToken: string;
}

function clientToken(job: UploadJob): Promise<string> {
  return generateClientTokenFromReadWriteToken({
    token: job.readWriteToken,
    pathname: job.pathname,
    maximumSizeInBytes: job.sizeBytes,
    allowedContentTypes: ["video/mp4"],
    validUntil: Date.now() + 3_600_000,
  });
}

/** The Blob protocol by bare HTTP. */
export async function uploadRaw(job: UploadJob): Promise<number[]> {
  const handle = await open(job.path);
  const url = `${job.origin}/api/blob/mpu?${new URLSearchParams({ pathname: job.pathname })}`;
  const authorization = `Bearer ${await clientToken(job)}`;
  const common = { authorization, "x-content-type": "video/mp4" };
  const created = await call({
    method: "POST",
    url,
    headers: { ...common, "x-mpu-action": "create" },
  });
  const { uploadId, key } = JSON.parse(created.text);
  const names = { "x-mpu-upload-id": uploadId, "x-mpu-key": encodeURIComponent(key) };
  const parts: { partNumber: number; etag: string }[] = [];
  const took = await inParallel(job.sizeBytes, async (i) => {
    const body = await readPart(handle, i, job.sizeBytes);
    const headers = { ...common, ...names, "x-mpu-action": "upload", "x-mpu-part-number": i + 1 };
    const answer = await call({
      method: "POST",
      url,
      headers: { ...headers, "content-length": body.length },
      body,
    });
    parts.push({ partNumber: i + 1, etag: JSON.parse(answer.text).etag });
  });
  const headers = { ...common, ...names, "x-mpu-action": "complete" };
  await call({ method: "POST", url, headers, body: JSON.stringify(parts) });
  await handle.close();
  return took;
}

/** The calls our browser uploader makes, by the unmodified SDK in Node. */
export async function uploadBySdk(job: UploadJob): Promise<number[]> {
  process.env.VERCEL_BLOB_API_URL = `${job.origin}/api/blob`;
  process.env.VERCEL_BLOB_RETRIES = "0";
  const handle = await open(job.path);
  const token = await clientToken(job);
  const common = { access: "private" as const, token, contentType: "video/mp4" };
  const opened = await createMultipartUpload(job.pathname, common);
  const parts: { partNumber: number; etag: string }[] = [];
  const took = await inParallel(job.sizeBytes, async (i) => {
    const body = await readPart(handle, i, job.sizeBytes);
    const options = { ...common, ...opened, partNumber: i + 1 };
    parts.push(await uploadPart(job.pathname, body, options));
  });
  await completeMultipartUpload(job.pathname, parts, { ...common, ...opened });
  await handle.close();
  return took;
}

/** tus 1.0 by bare HTTP: chunks of 8 MiB one after the other, which is how it resumes. */
export async function uploadTus(job: UploadJob): Promise<number[]> {
  const handle = await open(job.path);
  const created = await call({
    method: "POST",
    url: `${job.origin}/files`,
    headers: { "tus-resumable": "1.0.0", "upload-length": job.sizeBytes, "content-length": 0 },
  });
  const location = new URL(created.headers.location ?? "", job.origin);
  const took: number[] = [];
  for (let i = 0; i * PART_BYTES < job.sizeBytes; i++) {
    const startedMs = performance.now();
    const body = await readPart(handle, i, job.sizeBytes);
    await call({
      method: "PATCH",
      url: `${job.origin}${location.pathname}`,
      headers: {
        "tus-resumable": "1.0.0",
        "upload-offset": i * PART_BYTES,
        "content-type": "application/offset+octet-stream",
        "content-length": body.length,
      },
      body,
    });
    took.push(performance.now() - startedMs);
  }
  await handle.close();
  return took.toSorted((a, b) => a - b);
}
