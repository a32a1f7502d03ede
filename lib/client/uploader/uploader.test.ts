import "fake-indexeddb/auto";
import { describe, expect, it, onTestFinished } from "vitest";
import { AppError } from "@/lib/errors";
import { TransferFailure } from "./failure";
import { MAX_TRIES } from "./keep-trying";
import {
  createFakeNetwork,
  createFakeServer,
  createTestPorts,
  type FakeServer,
  fakeMp4,
  reached,
} from "./test-ports";
import { createUploader } from "./uploader";

const KiB = 1024;
/** Ten parts of 64 KiB and a last one of 7 bytes. */
const SIZE = 10 * 64 * KiB + 7;
const options = { caption: true, language: "auto" };

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
const sends = (server: FakeServer) => server.calls.filter((call) => call.startsWith("send"));
const onlyObject = (server: FakeServer) => server.objects.values().toArray()[0];

function setUp(more: Parameters<typeof createTestPorts>[1] = {}) {
  const server = createFakeServer();
  const ports = createTestPorts(server, more);
  const uploader = createUploader(ports);
  const file = fakeMp4("강의.mp4", SIZE);
  const add = (one = file) => uploader.add([{ file: one }], options)[0] ?? "";
  return { server, ports, uploader, file, add };
}

/** Holds up calls that match until `release`. */
function gate(server: FakeServer, pattern: RegExp) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  server.before = async (call, signal) => {
    if (!pattern.test(call)) return;
    entered.resolve();
    const aborted = new Promise<void>((done) => signal?.addEventListener("abort", () => done()));
    await Promise.race([promise, aborted]);
  };
  onTestFinished(() => resolve());
  return { release: resolve, entered: entered.promise };
}

describe("uploader", () => {
  it("sends every part once and ends with the same bytes", async () => {
    const { server, uploader, file, add } = setUp();
    const item = await reached(uploader, add(), "done");
    expect(onlyObject(server)).toEqual(await bytesOf(file));
    expect(sends(server)).toHaveLength(11);
    expect(new Set(sends(server)).size).toBe(11);
    expect(item).toMatchObject({ jobId: "job-1", errorCode: null });
    expect(item.progress).toMatchObject({ sentBytes: SIZE, totalBytes: SIZE, msLeft: 0 });
    expect(server.calls.slice(0, 3)).toEqual(["create", "open", "attach"]);
    expect(server.calls.slice(-2)).toEqual(["join", "complete"]);
  });

  it("has at most four parts under way", async () => {
    const { server, uploader, add } = setUp();
    let running = 0;
    let most = 0;
    server.before = async (call) => {
      if (!call.startsWith("send")) return;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
    };
    await reached(uploader, add(), "done");
    expect(most).toBe(4);
  });

  it("reports progress that grows by parts and never passes the total", async () => {
    const { uploader, add } = setUp();
    const seen: number[] = [];
    uploader.subscribe(() => seen.push(uploader.getSnapshot()[0]?.progress.sentBytes ?? 0));
    await reached(uploader, add(), "done");
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBe(12);
    expect(seen.at(-1)).toBe(SIZE);
  });

  it("tries a failed part again, alone, with growing waits", async () => {
    const { server, ports, uploader, file, add } = setUp();
    let failures = 3;
    server.before = (call) => {
      if (call === "send 5" && failures-- > 0) throw new TypeError("Failed to fetch");
    };
    await reached(uploader, add(), "done");
    expect(onlyObject(server)).toEqual(await bytesOf(file));
    expect(sends(server)).toHaveLength(14);
    expect(ports.waits).toEqual([1000, 2000, 4000]);
  });

  it("waits as long as the server says", async () => {
    const { server, ports, uploader, add } = setUp();
    let once = true;
    server.before = (call) => {
      if (call !== "send 1" || !once) return;
      once = false;
      throw new TransferFailure("busy", "storage_unavailable", { retryAfterMs: 7000 });
    };
    await reached(uploader, add(), "done");
    expect(ports.waits).toEqual([7000]);
  });

  it("gives up on a part that never succeeds, and goes on from there when asked", async () => {
    const { server, uploader, file, add } = setUp();
    let broken = true;
    server.before = (call) => {
      if (broken && call === "send 11") throw new TypeError("Failed to fetch");
    };
    const id = add();
    const failed = await reached(uploader, id, "failed");
    expect(failed).toMatchObject({ errorCode: "storage_unavailable", canRetry: true });
    expect(sends(server).filter((call) => call === "send 11")).toHaveLength(MAX_TRIES);
    broken = false;
    server.calls.length = 0;
    uploader.resume(id);
    await reached(uploader, id, "done");
    expect(sends(server)).toEqual(["send 11"]);
    expect(onlyObject(server)).toEqual(await bytesOf(file));
  });

  it("stops at once on pause and sends only what is missing on resume", async () => {
    const { server, uploader, file, add } = setUp();
    const { entered } = gate(server, /send ([5-9]|1\d)/);
    const id = add();
    await entered;
    await expect.poll(() => server.uploads.values().toArray()[0]?.parts.length).toBe(4);
    uploader.pause(id);
    expect(uploader.getSnapshot()[0]).toMatchObject({ phase: "paused" });
    expect(uploader.getSnapshot()[0]?.progress).toMatchObject({
      sentBytes: 4 * 64 * KiB,
      bytesPerSecond: null,
    });
    const before = server.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.calls).toHaveLength(before);
    server.before = () => {};
    uploader.resume(id);
    await reached(uploader, id, "done");
    expect(sends({ ...server, calls: server.calls.slice(before) })).toHaveLength(7);
    expect(onlyObject(server)).toEqual(await bytesOf(file));
  });

  it("forgets a cancelled upload here and on the server", async () => {
    const { server, ports, uploader, add } = setUp();
    const { entered } = gate(server, /send/);
    const id = add();
    await entered;
    await uploader.cancel(id);
    expect(uploader.getSnapshot()).toEqual([]);
    expect(server.calls.at(-1)).toBe("cancel");
    expect(server.uploads.size).toBe(0);
    await expect.poll(() => ports.records.all()).toEqual([]);
  });

  it("waits without a network, however long, and goes on by itself", async () => {
    const network = createFakeNetwork();
    const { server, ports, uploader, file, add } = setUp({ network });
    server.before = (call) => {
      if (call === "send 6") network.set(false);
      if (!network.isOnline()) throw new TypeError("Failed to fetch");
    };
    const id = add();
    await reached(uploader, id, "offline");
    server.before = () => {};
    network.set(true);
    await reached(uploader, id, "done");
    expect(ports.waits).toEqual([]);
    expect(onlyObject(server)).toEqual(await bytesOf(file));
  });

  it("renews an expired token once for all parts", async () => {
    const { server, uploader, add } = setUp();
    const { send } = server.transport;
    let valid = "";
    server.transport.send = async (target, part, signal) => {
      valid ||= "token-3";
      if (target.token !== valid) throw new TransferFailure("token", "upload_expired");
      return send(target, part, signal);
    };
    await reached(uploader, add(), "done");
    expect(server.calls.filter((call) => call === "get")).toHaveLength(1);
  });

  it("starts anew when the storage has forgotten the upload", async () => {
    const { server, uploader, file, add } = setUp();
    server.before = (call) => {
      if (call === "send 3") throw new TransferFailure("lost", "upload_expired");
    };
    const id = add();
    const failed = await reached(uploader, id, "failed");
    expect(failed).toMatchObject({ errorCode: "upload_expired", canRetry: true });
    server.before = () => {};
    await expect.poll(() => server.uploads.size).toBe(0);
    uploader.resume(id);
    await reached(uploader, id, "done");
    expect(onlyObject(server)).toEqual(await bytesOf(file));
  });

  it("is done when only the answer to joining was lost", async () => {
    const { server, uploader, add } = setUp();
    const { join } = server.transport;
    let first = true;
    server.transport.join = async (...call) => {
      await join(...call);
      if (first) {
        first = false;
        throw new TypeError("Failed to fetch");
      }
    };
    const item = await reached(uploader, add(), "done");
    expect(item.jobId).toBe("job-1");
  });

  it("takes the other tab's names when that was first", async () => {
    const { server, uploader, add } = setUp();
    const { open } = server.transport;
    let theirs = "";
    server.transport.open = async (target, signal) => {
      const other = await open(target, signal);
      theirs = other.storageUploadId;
      const upload = server.uploads.values().toArray()[0];
      if (upload) Object.assign(upload, other);
      return open(target, signal);
    };
    const used = new Set<string>();
    const { send } = server.transport;
    server.transport.send = (target, part, signal) => {
      used.add(target.storageUploadId);
      return send(target, part, signal);
    };
    await reached(uploader, add(), "done");
    expect([...used]).toEqual([theirs]);
  });

  it("finds its upload completed by the tab it waited for", async () => {
    const { server, uploader, add } = setUp({
      exclusively: async (uploadId, _signal, work) => {
        const upload = server.uploads.get(uploadId);
        if (upload) {
          server.objects.set(upload.pathname, new Uint8Array(upload.sizeBytes));
          upload.state = "completed";
        }
        return work(true);
      },
    });
    await reached(uploader, add(), "done");
    expect(sends(server)).toEqual([]);
  });
});

describe("ordering subtitles", () => {
  const bare = { caption: false, language: "ko" };
  const order = { language: "en", maxCredits: 10 };

  function setUpBare() {
    const parts = setUp();
    const { uploader, file, server } = parts;
    const held = gate(server, /send/);
    const [id = ""] = uploader.add([{ file }], bare);
    const item = () => uploader.getSnapshot().find((one) => one.id === id);
    return { ...parts, ...held, id, item };
  }

  it("happens while the file is on its way, and its end starts the job", async () => {
    const { uploader, entered, release, id, item } = setUpBare();
    await entered;
    expect(item()).toMatchObject({ caption: null, durationMs: 60_000, language: "ko" });
    await uploader.order(id, order);
    expect(item()).toMatchObject({ caption: order, jobId: null });
    release();
    expect(await reached(uploader, id, "done")).toMatchObject({ jobId: "job-1" });
  });

  it("isn't assumed, and starts a job at once when the file is there", async () => {
    const { uploader, release, id, item } = setUpBare();
    release();
    expect(await reached(uploader, id, "done")).toMatchObject({ caption: null, jobId: null });
    await uploader.order(id, order);
    expect(item()).toMatchObject({ caption: order, jobId: "job-2" });
  });

  it("can be taken back", async () => {
    const { uploader, entered, release, id } = setUpBare();
    await entered;
    await uploader.order(id, order);
    await uploader.withdraw(id);
    release();
    expect(await reached(uploader, id, "done")).toMatchObject({ caption: null, jobId: null });
  });

  it("says when it couldn't be paid in the end", async () => {
    const { server, uploader, entered, release, id } = setUpBare();
    await entered;
    await uploader.order(id, order);
    server.affordable = false;
    release();
    expect(await reached(uploader, id, "done")).toMatchObject({ caption: order, jobId: null });
  });

  it("leaves everything as it was when it is refused", async () => {
    const { server, uploader, entered, id, item } = setUpBare();
    await entered;
    server.before = (call) => {
      if (call === "order") throw new AppError("price_changed");
    };
    await expect(uploader.order(id, order)).rejects.toMatchObject({ code: "price_changed" });
    expect(item()).toMatchObject({ caption: null, phase: "uploading" });
  });

  it("goes over to the upload that has to start anew", async () => {
    const { server, uploader, entered, id } = setUpBare();
    await entered;
    await uploader.order(id, order);
    server.before = (call) => {
      if (call.startsWith("send")) throw new TransferFailure("lost", "upload_expired");
    };
    uploader.pause(id);
    uploader.resume(id);
    await reached(uploader, id, "failed");
    server.before = () => {};
    await expect.poll(() => server.uploads.size).toBe(0);
    uploader.resume(id);
    expect(await reached(uploader, id, "done")).toMatchObject({ caption: order, jobId: "job-1" });
  });
});

describe("several files", () => {
  it("sends two at a time, the third when one is done", async () => {
    const { server, uploader } = setUp();
    const { entered, release } = gate(server, /send/);
    const files = [1, 2, 3].map((n) => ({ file: fakeMp4(`${n}.mp4`, SIZE + n) }));
    const ids = uploader.add(files, options);
    await entered;
    await expect
      .poll(() => uploader.getSnapshot().map(({ phase }) => phase))
      .toEqual(["uploading", "uploading", "queued"]);
    release();
    await Promise.all(ids.map((id) => reached(uploader, id, "done")));
    expect(server.objects.size).toBe(3);
  });

  it("goes on with the others when one is refused", async () => {
    const { uploader } = setUp();
    const wrong = new File(["#EXTM3U\n#EXT-X-TARGETDURATION:10\n"], "list.mp4");
    const [bad = "", good = ""] = uploader.add(
      [{ file: wrong }, { file: fakeMp4("a.mp4", SIZE) }],
      options,
    );
    const failed = await reached(uploader, bad, "failed");
    expect(failed).toMatchObject({ errorCode: "file_type_unsupported", canRetry: false });
    await reached(uploader, good, "done");
  });

  it("has the same file on the list only once", async () => {
    const { server, uploader, file } = setUp();
    const { release } = gate(server, /send/);
    const [first = ""] = uploader.add([{ file }], options);
    await reached(uploader, first, "uploading");
    uploader.add([{ file }], options);
    await expect.poll(() => uploader.getSnapshot().map(({ id }) => id)).toEqual([first]);
    release();
    await reached(uploader, first, "done");
    expect(server.objects.size).toBe(1);
  });
});

describe("refusals", () => {
  it.each([
    ["file_empty", new File([], "a.mp4")],
    ["file_type_unsupported", new File(["hello"], "a.mp4")],
  ])("%s without asking the server", async (code, file) => {
    const { server, uploader, add } = setUp();
    expect(await reached(uploader, add(file), "failed")).toMatchObject({ errorCode: code });
    expect(server.calls).toEqual([]);
  });

  it("refuses more than 2 GB without reading it", async () => {
    const { server, uploader, add } = setUp();
    const file = fakeMp4("a.mp4", 100);
    Object.defineProperty(file, "size", { value: 2 * 1024 ** 3 + 1 });
    expect(await reached(uploader, add(file), "failed")).toMatchObject({
      errorCode: "file_too_large",
    });
    expect(server.calls).toEqual([]);
  });

  it("says what the server says", async () => {
    const { server, uploader, add } = setUp();
    server.before = () => {
      throw new AppError("audio_stream_missing");
    };
    expect(await reached(uploader, add(), "failed")).toMatchObject({
      errorCode: "audio_stream_missing",
      canRetry: false,
    });
    expect(server.calls).toEqual(["create"]);
  });

  it("doesn't hammer a full disk", async () => {
    const { server, ports, uploader, add } = setUp();
    server.before = (call) => {
      if (call.startsWith("send")) throw new TransferFailure("refused", "storage_full");
    };
    expect(await reached(uploader, add(), "failed")).toMatchObject({
      errorCode: "storage_full",
      canRetry: true,
    });
    expect(ports.waits).toEqual([]);
  });

  it("asks for the file when it has changed on the disk", async () => {
    const { server, uploader, file, add } = setUp();
    server.before = (call) => {
      if (call !== "send 4") return;
      file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as Blob & File;
      throw new TypeError("Failed to fetch");
    };
    // The slice that is being sent was made before the change.
    const slice = file.slice.bind(file);
    file.slice = (...args) => {
      const part = slice(...args);
      if (args[0] === 3 * 64 * KiB) part.slice = () => file.slice();
      return part;
    };
    expect(await reached(uploader, add(), "needs_file")).toMatchObject({
      errorCode: "file_unreadable",
    });
  });
});
