import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** The real worker as a process of its own, to be killed at any moment and started again. */
export class WorkerProcess {
  #child: ChildProcess | undefined;

  start(): void {
    const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");
    const args = [tsx, "--conditions=react-server", "scripts/worker.ts"];
    const env = process.env;
    this.#child = spawn(process.execPath, args, {
      cwd: root,
      stdio: "ignore",
      detached: true,
      env,
    });
  }

  /** With SIGKILL, and everything that it has started. */
  async kill(): Promise<void> {
    const victim = this.#child;
    if (!victim?.pid || victim.exitCode !== null || victim.signalCode !== null) return;
    const gone = new Promise((resolve) => victim.once("exit", resolve));
    process.kill(-victim.pid, "SIGKILL");
    await gone;
  }
}
