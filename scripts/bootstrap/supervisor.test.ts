import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHousehold, type Household } from "./household.mjs";
import { AlreadyRunningError, runningOn, takeDataFolder } from "./lock.mjs";
import { createLog } from "./log.mjs";
import { identityOf, isAlive } from "./process-identity.mjs";
import { CommandError, run } from "./run.mjs";
import { createSupervisor } from "./supervisor.mjs";

let folder = "";
let lines: string[] = [];
let failures: [string, Error][] = [];
let household: Household;

/** Notes each of its starts, then lives until it is asked to stop, which it notes, too. */
const steady = `
  const fs = require("node:fs");
  const [notes, name] = process.argv.slice(1);
  fs.appendFileSync(notes, name + " " + process.pid + "\\n");
  process.on("SIGTERM", () => { fs.appendFileSync(notes, name + " stops\\n"); process.exit(0); });
  setInterval(() => undefined, 1000);
`;
/** Doesn't listen to SIGTERM and has a child that doesn't either. */
const stubborn = `
  const { spawn } = require("node:child_process");
  process.on("SIGTERM", () => undefined);
  const code = 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000)';
  const child = spawn(process.execPath, ["-e", code], { stdio: "ignore" });
  require("node:fs").writeFileSync(process.argv[1], process.pid + " " + child.pid);
  setInterval(() => undefined, 1000);
`;

const notesFile = () => path.join(folder, "notes");
const notes = () => {
  const text = existsSync(notesFile()) ? readFileSync(notesFile(), "utf8") : "";
  return text.split("\n").filter(Boolean);
};

function service(name: string, code = steady) {
  return { name, command: process.execPath, args: ["-e", code, notesFile(), name] };
}

function supervisor(policy?: Parameters<typeof createSupervisor>[0]["policy"]) {
  const log = createLog({ write: (line: string) => void lines.push(line) });
  return createSupervisor({
    household,
    log,
    logDir: path.join(folder, "logs"),
    onGiveUp: (name, failure) => void failures.push([name, failure]),
    ...(policy && { policy }),
  });
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ax2-supervisor-"));
  lines = [];
  failures = [];
  household = createHousehold();
});

afterEach(() => {
  household.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("createSupervisor", () => {
  it("starts a crashed service again and says so", async () => {
    const supervised = supervisor(() => ({ giveUp: false, quickCrashes: 1, delayMs: 10 }));
    supervised.start(service("web"));
    await soon(() => expect(notes()).toHaveLength(1));
    process.kill(Number(notes()[0]?.split(" ")[1]), "SIGKILL");
    await soon(() => expect(notes()).toHaveLength(2));
    expect(lines.join("\n")).toMatch(/web ended with SIGKILL; starting it again/);
    await supervised.stopAll();
    expect(failures).toEqual([]);
  });

  it("gives up with the reason and the last lines, and keeps the whole output in a file", async () => {
    let crashes = 0;
    const supervised = supervisor(() => {
      crashes += 1;
      return { giveUp: crashes === 3, quickCrashes: crashes, delayMs: 1 };
    });
    const code = 'console.error("the port is on fire"); process.exit(7)';
    supervised.start(service("web", code));
    await soon(() => expect(failures).toHaveLength(1));
    const [name, failure] = failures[0] ?? ["", new Error()];
    expect(name).toBe("web");
    expect(failure.message).toMatch(/exit code 7, 3 times in a row/);
    expect(failure.message).toContain("the port is on fire");
    await supervised.stopAll();
    const log = readFileSync(path.join(folder, "logs/web.log"), "utf8");
    expect(log.match(/on fire/g)).toHaveLength(3);
  });

  it("reports a program that can't be started", async () => {
    const supervised = supervisor(() => ({ giveUp: true, quickCrashes: 1, delayMs: 0 }));
    supervised.start({ name: "speech", command: path.join(folder, "missing") });
    await soon(() => expect(failures[0]?.[1].message).toMatch(/could not be started.*ENOENT/));
    await supervised.stopAll();
  });

  it("stops in the order given, one after the other, and starts nothing again", async () => {
    const supervised = supervisor();
    for (const name of ["postgres", "worker", "web"]) {
      supervised.start(service(name));
      await soon(() => expect(notes().some((line) => line.startsWith(name))).toBe(true));
    }
    await supervised.stopAll(["web", "worker", "postgres"]);
    expect(notes().slice(3)).toEqual(["web stops", "worker stops", "postgres stops"]);
    await soon(() => expect(household.members()).toEqual([]));
    expect(lines).toEqual([]);
  });

  it("kills what doesn't stop in its time, with all it started", async () => {
    const supervised = supervisor();
    supervised.start({ ...service("web", stubborn), graceMs: 200 });
    await soon(() => expect(notes()[0]).toMatch(/^\d+ \d+$/));
    const pids = (notes()[0] ?? "").split(" ").map(Number);
    await supervised.stopAll();
    await soon(() => expect(pids.map((pid) => identityOf(pid))).toEqual([undefined, undefined]));
  });

  it("starts anew only what is described otherwise", async () => {
    const supervised = supervisor();
    supervised.start(service("web"));
    await soon(() => expect(notes()).toHaveLength(1));
    await supervised.ensure(service("web"));
    expect(notes()).toHaveLength(1);
    await supervised.ensure({ ...service("web"), env: { ...process.env, CHANGED: "1" } });
    await soon(() => expect(notes()).toHaveLength(3));
    expect(notes()[1]).toBe("web stops");
    await supervised.stopAll();
  });
});

describe("a supervisor that is killed", () => {
  const here = import.meta.dirname;

  /** A process of its own that takes the folder, starts one stubborn service, and hangs. */
  async function killedSupervisor({ withGuard }: { withGuard: boolean }): Promise<number[]> {
    const script = path.join(folder, "supervisor.mjs");
    writeFileSync(
      script,
      `import { createHousehold } from ${JSON.stringify(path.join(here, "household.mjs"))};
       import { takeDataFolder } from ${JSON.stringify(path.join(here, "lock.mjs"))};
       const lock = await takeDataFolder(${JSON.stringify(folder)});
       const household = createHousehold({ onChange: (members) => lock.update({ members }) });
       household.spawn({
         name: "web",
         command: process.execPath,
         args: ["-e", ${JSON.stringify(stubborn)}, ${JSON.stringify(notesFile())}],
       });
       setInterval(() => undefined, 1000);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: "ignore" });
    await soon(() => expect(notes()[0]).toMatch(/^\d+ \d+$/));
    if (!withGuard) killGuardOf(parent.pid ?? 0);
    const gone = new Promise((resolve) => parent.once("exit", resolve));
    parent.kill("SIGKILL");
    await gone;
    return (notes()[0] ?? "").split(" ").map(Number);
  }

  function killGuardOf(pid: number): void {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    const isGuard = (child: string) =>
      readFileSync(`/proc/${child}/cmdline`, "utf8").includes("guard.mjs");
    const guard = children.find(isGuard);
    // Stopped first, so that it can neither act nor be replaced before its parent is gone.
    if (guard) process.kill(Number(guard), "SIGSTOP");
    stopped.push(Number(guard));
  }

  const stopped: number[] = [];
  afterEach(() => {
    for (const pid of stopped.splice(0)) process.kill(pid, "SIGKILL");
  });

  it("leaves no orphan: its guard ends them", async () => {
    const pids = await killedSupervisor({ withGuard: true });
    await soon(() => expect(pids.map((pid) => identityOf(pid))).toEqual([undefined, undefined]));
  });

  it.runIf(process.platform === "linux")(
    "leaves orphans that the next start ends, where the guard was killed as well",
    async () => {
      const pids = await killedSupervisor({ withGuard: false });
      expect(pids.every((pid) => identityOf(pid) !== undefined)).toBe(true);
      const lock = await takeDataFolder(folder);
      await soon(() => expect(pids.map((pid) => identityOf(pid))).toEqual([undefined, undefined]));
      lock.release();
    },
  );
});

describe("takeDataFolder", () => {
  it("refuses a second owner and names the first one's address", async () => {
    const lock = await takeDataFolder(folder);
    await expect(takeDataFolder(folder)).rejects.toThrow(/already starting/);
    lock.update({ url: "http://localhost:3000" });
    const second = takeDataFolder(folder);
    await expect(second).rejects.toBeInstanceOf(AlreadyRunningError);
    await expect(second).rejects.toThrow(/already running: http:\/\/localhost:3000/);
    expect(runningOn(folder)?.pid).toBe(process.pid);
    lock.release();
    expect(runningOn(folder)).toBeUndefined();
  });

  it("takes over from a dead owner, and from a pid that now belongs to another process", async () => {
    const dead = { pid: process.pid, identity: "another start", members: [] };
    writeFileSync(path.join(folder, "run.json"), JSON.stringify(dead));
    expect(runningOn(folder)).toBeUndefined();
    const lock = await takeDataFolder(folder);
    lock.release();
  });

  it("takes over a file cut short by a power failure", async () => {
    writeFileSync(path.join(folder, "run.json"), '{"pid":');
    const lock = await takeDataFolder(folder);
    lock.release();
  });

  it("doesn't touch a process that merely has the number of a former child", async () => {
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], {
      detached: true,
      stdio: "ignore",
    });
    const member = { name: "web", pid: bystander.pid, identity: "long ago", signal: "SIGTERM" };
    const dead = { pid: 2 ** 22, identity: "0", members: [member] };
    writeFileSync(path.join(folder, "run.json"), JSON.stringify(dead));
    const lock = await takeDataFolder(folder);
    const pid = bystander.pid ?? 0;
    expect(isAlive({ pid, identity: identityOf(pid) })).toBe(true);
    lock.release();
    bystander.kill("SIGKILL");
  });
});

describe("run", () => {
  const command = (code: string) => ({
    name: "a command",
    command: process.execPath,
    args: ["-e", code],
    timeoutMs: 10_000,
  });

  it("answers the last lines", async () => {
    const { output } = await run(household, command("console.log(1); console.error(2)"));
    expect(output.split("\n").toSorted()).toEqual(["1", "2"]);
  });

  it("fails with the exit code and the output", async () => {
    const failing = run(household, command('console.log("no space left"); process.exit(3)'));
    await expect(failing).rejects.toThrow(/a command ended with exit code 3.*no space left/s);
  });

  it("ends a command that takes too long", async () => {
    const slow = { ...command("setInterval(() => undefined, 1000)"), timeoutMs: 300 };
    await expect(run(household, slow)).rejects.toBeInstanceOf(CommandError);
    await soon(() => expect(household.members()).toEqual([]));
  });
});
