import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Refused, type StormCalls } from "./storm-protocol";

interface Reply {
  id?: number;
  value?: unknown;
  code?: string;
  text?: string;
  ready?: boolean;
}

interface Waiting {
  name: string;
  args: unknown;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * A process that may be killed at any moment: another one, started beforehand, takes its place and
 * is sent again whatever hadn't been answered.
 */
export class MortalProcess {
  kills = 0;
  answered = 0;
  /** Requests that had been sent to a process that died. */
  resent = 0;
  /** By message: what failed without being a refusal of the product's own, and was asked again. */
  readonly failures = new Map<string, number>();
  private current: Promise<ChildProcess>;
  private standby: Promise<ChildProcess>;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  private isOver = false;

  constructor() {
    this.current = this.start();
    this.standby = this.start();
    void this.current.then((child) => this.serve(child));
  }

  /**
   * Asks until there is an answer.
   * @throws {Refused}
   */
  async call<Name extends keyof StormCalls>(
    name: Name,
    args: StormCalls[Name]["args"],
  ): Promise<StormCalls[Name]["value"]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.ask(name, args)) as StormCalls[Name]["value"];
      } catch (error) {
        if (error instanceof Refused || !(error instanceof Error)) throw error;
        const line = `${name}: ${error.message.trim().split("\n").at(-1)?.slice(0, 160)}`;
        this.failures.set(line, (this.failures.get(line) ?? 0) + 1);
        if (attempt === 8) throw error;
        await sleep(100 * attempt);
      }
    }
  }

  /** Kills it where it stands. */
  async kill(): Promise<void> {
    const dying = await this.current;
    const next = this.standby;
    this.current = next;
    dying.kill("SIGKILL");
    this.kills += 1;
    this.standby = this.start();
    this.serve(await next);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    for (const child of await Promise.all([this.current, this.standby])) child.kill("SIGKILL");
  }

  private ask(name: string, args: unknown): Promise<unknown> {
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { name, args, resolve, reject });
      void this.current.then((child) => {
        if (this.serving === child) child.send({ id, name, args });
      });
    });
  }

  /** The process that has been sent everything there is. */
  private serving: ChildProcess | undefined;

  private serve(child: ChildProcess): void {
    if (this.serving) this.resent += this.waiting.size;
    this.serving = child;
    for (const [id, { name, args }] of this.waiting) child.send({ id, name, args });
  }

  private start(): Promise<ChildProcess> {
    const child = fork(path.join(import.meta.dirname, "storm-child.ts"), {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    // What is sent to one that has just died is sent again to the next.
    child.on("error", () => undefined);
    return new Promise((resolve, reject) => {
      child.on("message", (reply: Reply) => {
        if (reply.ready) resolve(child);
        else if (this.serving === child) this.take(reply);
      });
      child.on("exit", (code) => {
        if (!this.isOver && code !== null) reject(new Error(`the storm's process ended: ${code}`));
      });
    });
  }

  private take({ id, value, code, text }: Reply): void {
    const waiting = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || !waiting) return;
    this.waiting.delete(id);
    this.answered += 1;
    if (code !== undefined) waiting.reject(new Refused(code));
    else if (text !== undefined) waiting.reject(new Error(text));
    else waiting.resolve(value);
  }
}
