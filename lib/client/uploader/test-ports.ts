import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { plainOptions } from "@/lib/jobs/plain-options";
import { orderCaptionInput, type UploadView } from "@/lib/videos/schema";
import { TransferFailure } from "./failure";
import type { Network, PartTransport, UploadApi, UploaderPorts } from "./ports";
import { createRecordStore } from "./record-store";
import type { Uploader, UploadItem, UploadPhase } from "./types";

const KiB = 1024;

/** A file that passes for an MP4: `ftyp`, an empty `moov`, then one `mdat` to the end. */
export function fakeMp4(name: string, sizeBytes: number): File {
  const head = new Uint8Array(40);
  const view = new DataView(head.buffer);
  const put = (at: number, text: string) => head.set(new TextEncoder().encode(text), at);
  view.setUint32(0, 24);
  put(4, "ftypisom");
  put(16, "isommp42");
  view.setUint32(24, 8);
  put(28, "moov");
  view.setUint32(32, sizeBytes - 32);
  put(36, "mdat");
  const body = new Uint8Array(sizeBytes - head.length).map((_, i) => (i * 31 + (i >> 10)) % 251);
  return new File([head, body], name, { type: "video/mp4", lastModified: 1_700_000_000_000 });
}

/** A server and a storage in memory that behave as the real ones, with a hook before each call. */
export interface FakeServer {
  api: UploadApi;
  transport: PartTransport;
  uploads: Map<string, UploadView & { fingerprint: string }>;
  /** Bytes of each joined object, by pathname. */
  objects: Map<string, Uint8Array>;
  /** Everything that was called, e.g. `send 3`. */
  calls: string[];
  /** Throws to fail a call, waits to hold it up. */
  before: (call: string, signal?: AbortSignal) => Promise<void> | void;
  /** Whether ordered subtitles can be paid when their file is there. */
  affordable: boolean;
}

export function createFakeServer(partSizeBytes = 64 * KiB): FakeServer {
  const parts = new Map<string, Map<number, { etag: string; bytes: Uint8Array }>>();
  let tokens = 0;
  const note = async (call: string, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    server.calls.push(call);
    await server.before(call, signal);
    signal?.throwIfAborted();
  };
  const find = (uploadId: string) => {
    const upload = server.uploads.get(uploadId);
    if (!upload) throw new AppError("not_found");
    return upload;
  };
  const fresh = (upload: UploadView) => ({
    ...upload,
    token: `token-${++tokens}`,
    parts: [...upload.parts],
  });
  const server: FakeServer = {
    uploads: new Map(),
    objects: new Map(),
    calls: [],
    before: () => {},
    affordable: true,
    api: {
      async create(meta, _sample, signal) {
        await note("create", signal);
        const known = server.uploads.values().find((one) => one.fingerprint === meta.fingerprint);
        if (known?.state === "active") return fresh(known);
        const id = newId();
        const { sizeBytes, fingerprint, language, maxCredits = null } = meta;
        const pathname = `u/1/${id}/source.mp4`;
        const { options = plainOptions } = meta;
        const caption = meta.caption ? { language, options, maxCredits } : null;
        const names = { storageUploadId: null, storageKey: null, blobApiUrl: "/api/blob" };
        const upload = { id, videoId: newId(), state: "active" as const, pathname, sizeBytes };
        const view = {
          ...upload,
          ...names,
          partSizeBytes,
          token: "",
          parts: [],
          fingerprint,
          durationMs: 60_000,
          quote: null,
          caption,
        };
        server.uploads.set(id, view);
        return fresh(view);
      },
      async get(uploadId, signal) {
        await note("get", signal);
        return fresh(find(uploadId));
      },
      async attach(uploadId, names, signal) {
        await note("attach", signal);
        const upload = find(uploadId);
        if (upload.storageUploadId === null) Object.assign(upload, names);
        return fresh(upload);
      },
      async recordPart(uploadId, { partNumber, etag }, signal) {
        await note(`record ${partNumber}`, signal);
        const upload = find(uploadId);
        const others = upload.parts.filter((part) => part.partNumber !== partNumber);
        upload.parts = [...others, { partNumber, etag }];
      },
      async complete(uploadId, signal) {
        await note("complete", signal);
        const upload = find(uploadId);
        if (server.objects.get(upload.pathname)?.length !== upload.sizeBytes) {
          throw new AppError("size_mismatch");
        }
        upload.state = "completed";
        const { videoId, caption } = upload;
        return { videoId, jobId: caption && server.affordable ? "job-1" : null };
      },
      async order(uploadId, input) {
        const { language, options, maxCredits = null } = orderCaptionInput.parse(input);
        await note("order");
        const upload = find(uploadId);
        if (upload.state === "completed") return { jobId: "job-2" };
        upload.caption = { language, options, maxCredits };
        return { jobId: null };
      },
      async withdraw(uploadId) {
        await note("withdraw");
        find(uploadId).caption = null;
      },
      async cancel(uploadId) {
        await note("cancel");
        server.uploads.delete(uploadId);
      },
    },
    transport: {
      async open(target, signal) {
        await note("open", signal);
        const storageUploadId = newId();
        parts.set(storageUploadId, new Map());
        return { storageUploadId, storageKey: target.pathname };
      },
      async send(target, { partNumber, body }, signal) {
        await note(`send ${partNumber}`, signal);
        const bytes = new Uint8Array(await body.arrayBuffer());
        const etag = `"${partNumber}-${bytes.length}"`;
        const known = parts.get(target.storageUploadId);
        if (!known) throw new TransferFailure("lost", "upload_expired");
        known.set(partNumber, { etag, bytes });
        return etag;
      },
      async join(target, wanted, signal) {
        await note("join", signal);
        const known = parts.get(target.storageUploadId);
        const pieces = wanted.map(({ partNumber, etag }) => {
          const part = known?.get(partNumber);
          if (part?.etag !== etag) throw new TransferFailure("lost", "upload_expired");
          return part.bytes;
        });
        server.objects.set(target.pathname, new Uint8Array(Buffer.concat(pieces)));
        parts.delete(target.storageUploadId);
      },
    },
  };
  return server;
}

export interface FakeNetwork extends Network {
  set(online: boolean): void;
}

export function createFakeNetwork(): FakeNetwork {
  let online = true;
  let waiting: (() => void)[] = [];
  return {
    isOnline: () => online,
    whenOnline: (signal) =>
      new Promise((resolve, reject) => {
        if (online) return resolve();
        waiting.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    set(value) {
      online = value;
      if (!online) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}

/** Ports whose time passes only in waits, which end at once. */
export function createTestPorts(
  server: FakeServer,
  more: Partial<UploaderPorts> = {},
): UploaderPorts & { waits: number[] } {
  const waits: number[] = [];
  let nowMs = 1_000_000;
  return {
    api: server.api,
    transport: server.transport,
    records: createRecordStore({ name: newId(), roomLeft: async () => 1024 ** 3 }),
    network: createFakeNetwork(),
    now: () => (nowMs += 100),
    async wait(ms, signal) {
      waits.push(ms);
      nowMs += ms;
      await Promise.resolve();
      signal.throwIfAborted();
    },
    random: () => 0,
    exclusively: (_name, _signal, work) => work(false),
    ...more,
    waits,
  };
}

/** Resolves once the item is in one of the phases; rejects when it ends in another one. */
export async function reached(
  uploader: Uploader,
  id: string,
  ...phases: UploadPhase[]
): Promise<UploadItem> {
  const { promise, resolve, reject } = Promise.withResolvers<UploadItem>();
  const look = () => {
    const item = uploader.getSnapshot().find((one) => one.id === id);
    if (item && phases.includes(item.phase)) resolve(item);
    else if (item?.phase === "failed") reject(new Error(`failed: ${item.errorCode}`));
  };
  const unsubscribe = uploader.subscribe(look);
  look();
  return promise.finally(unsubscribe);
}
