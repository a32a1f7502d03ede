/**
 * How fast, and with how much memory, the server takes a large file in parts.
 *
 *   npx tsx --conditions=react-server bench/upload/run.ts [--mib 1024] [--rounds 3] [--dir /tmp]
 *
 * Against a running product instead (Linux; needs its AUTH_SECRET and STORAGE_DIR):
 *
 *   ... bench/upload/run.ts --url http://localhost:3000 --pid <pid of the server>
 *
 * The peer in the same run is @tus/server with its file store. Rounds are interleaved, the first
 * one is dropped, and the stored bytes are compared by SHA-256 after each.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { LocalStorage } from "@/lib/storage/local/engine";
import { type UploadJob, uploadBySdk, uploadRaw, uploadTus } from "./clients";

const { values } = parseArgs({
  options: {
    mib: { type: "string", default: "1024" },
    rounds: { type: "string", default: "3" },
    dir: { type: "string", default: tmpdir() },
    url: { type: "string" },
    pid: { type: "string" },
  },
});
const sizeBytes = Number(values.mib) * 1024 ** 2 + 7;
const rounds = Number(values.rounds);

interface Subject {
  name: string;
  engine: "blob" | "tus";
  upload(job: UploadJob): Promise<number[]>;
}

const subjects: Subject[] = [
  { name: "ours, bare HTTP, 4 parts at once", engine: "blob", upload: uploadRaw },
  { name: "ours, Blob SDK, 4 parts at once", engine: "blob", upload: uploadBySdk },
  { name: "@tus/server, bare HTTP, 8 MiB chunks", engine: "tus", upload: uploadTus },
];

interface Round {
  megabytesPerSecond: number;
  p95PartMs: number;
  startRssBytes: number;
  peakRssBytes: number;
  equal: boolean;
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2 })) {
    hash.update(chunk);
  }
  return hash.digest("hex");
}

async function generate(file: string): Promise<void> {
  const handle = await open(file, "w");
  for (let left = sizeBytes; left > 0; ) {
    const chunk = randomBytes(Math.min(left, 16 * 1024 ** 2));
    await handle.write(chunk);
    left -= chunk.length;
  }
  await handle.sync();
  await handle.close();
}

/** Resident memory of a process in bytes; 0 where the system doesn't say. */
function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

interface RunningServer {
  origin: string;
  pid: number;
  root: string;
  authSecret: string;
  stop(): Promise<void>;
}

async function startServer(engine: Subject["engine"], work: string): Promise<RunningServer> {
  if (values.url) {
    const { AUTH_SECRET: authSecret = "", STORAGE_DIR: root = ".data/storage" } = process.env;
    const stop = async () => {};
    return { origin: values.url, pid: Number(values.pid ?? 0), root, authSecret, stop };
  }
  const root = path.join(work, engine);
  await mkdir(root, { recursive: true });
  const authSecret = randomBytes(32).toString("hex");
  const file = path.join(import.meta.dirname, "server.ts");
  const child: ChildProcess = fork(file, [engine, root, authSecret], {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.once("message", (message: { origin: string }) => resolve(message.origin));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const stop = async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await gone;
    await rm(root, { recursive: true, force: true });
  };
  return { origin, pid: child.pid ?? 0, root, authSecret, stop };
}

async function measure(subject: Subject, source: string, sha256: string): Promise<Round> {
  const server = await startServer(subject.engine, path.dirname(source));
  const storage = new LocalStorage({ root: server.root, authSecret: server.authSecret });
  const pathname = `bench/${Date.now()}/source.mp4`;
  const { origin, pid, root } = server;
  const startRssBytes = residentBytes(pid);
  let peakRssBytes = startRssBytes;
  const timer = setInterval(() => {
    peakRssBytes = Math.max(peakRssBytes, residentBytes(pid));
  }, 20);
  const startedMs = performance.now();
  const job = { origin, path: source, sizeBytes, pathname, readWriteToken: storage.readWriteToken };
  const took = await subject.upload(job);
  const seconds = (performance.now() - startedMs) / 1000;
  clearInterval(timer);
  const isTus = subject.engine === "tus";
  const files = isTus ? (await readdir(root)).filter((name) => !name.endsWith(".json")) : [];
  const stored = isTus ? path.join(root, files[0] ?? "") : storage.localPath(pathname);
  const equal = (await sha256OfFile(stored)) === sha256;
  await storage.delete([pathname]).catch(() => {});
  await server.stop();
  const p95PartMs = took[Math.floor(took.length * 0.95)] ?? 0;
  const megabytesPerSecond = sizeBytes / 1e6 / seconds;
  return { megabytesPerSecond, p95PartMs, startRssBytes, peakRssBytes, equal };
}

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const work = await mkdtemp(path.join(values.dir, "bench-upload-"));
try {
  const source = path.join(work, "source.bin");
  await generate(source);
  const sha256 = await sha256OfFile(source);
  const chosen = subjects.filter(({ engine }) => !values.url || engine === "blob");
  const results = new Map<string, Round[]>(chosen.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const subject of chosen) {
      const result = await measure(subject, source, sha256);
      if (round > 0 || !result.equal) results.get(subject.name)?.push(result);
    }
  }
  console.log(
    `${mb(sizeBytes)} in ${values.dir}, median of ${rounds} rounds, Node ${process.version}`,
  );
  for (const [name, list] of results) {
    const speed = Math.round(median(list.map((one) => one.megabytesPerSecond)));
    const p95 = Math.round(median(list.map((one) => one.p95PartMs)));
    const growth = Math.max(...list.map((one) => one.peakRssBytes - one.startRssBytes));
    const peak = Math.max(...list.map((one) => one.peakRssBytes));
    const equal = list.every((one) => one.equal) ? "sha256 equal" : "SHA256 DIFFERS";
    console.log(
      `${name.padEnd(38)} ${String(speed).padStart(5)} MB/s  p95 part ${String(p95).padStart(4)} ms  ` +
        `server memory +${mb(growth)} (peak ${mb(peak)})  ${equal}`,
    );
  }
  const speedOf = (i: number) =>
    median((results.get(chosen[i]?.name ?? "") ?? []).map((one) => one.megabytesPerSecond));
  if (chosen.length === 3) {
    console.log(`ours by bare HTTP / @tus/server: ${(speedOf(0) / speedOf(2)).toFixed(2)}`);
  }
  if ([...results.values()].flat().some((one) => !one.equal)) process.exitCode = 1;
} finally {
  await rm(work, { recursive: true, force: true });
}
