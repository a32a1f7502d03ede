import { availableParallelism } from "node:os";

/**
 * How many runs go on at the same time. Each kind waits in its own line: a preview of an hour
 * must not keep the next upload from being looked at, nor a recognition from its sound.
 */
export type Lane = "quick" | "audio" | "preview" | "shots" | "render";

const half = Math.max(1, Math.floor(availableParallelism() / 2));
const capacity: Record<Lane, number> = {
  quick: half + 1,
  audio: half,
  preview: half,
  shots: 1,
  render: 1,
};

interface LaneState {
  running: number;
  waiting: (() => void)[];
}

const lanes: Record<Lane, LaneState> = {
  quick: { running: 0, waiting: [] },
  audio: { running: 0, waiting: [] },
  preview: { running: 0, waiting: [] },
  shots: { running: 0, waiting: [] },
  render: { running: 0, waiting: [] },
};

/** Runs `work` when the lane has room, first come first served. Aborting leaves the line. */
export async function inLane<T>(
  lane: Lane,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const state = lanes[lane];
  if (state.running < capacity[lane]) state.running += 1;
  else await turn(state, signal);
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, so `running` changes only when none waits.
    const next = state.waiting.shift();
    if (next) next();
    else state.running -= 1;
  }
}

function turn(state: LaneState, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const start = () => {
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      state.waiting = state.waiting.filter((other) => other !== start);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", leave, { once: true });
    state.waiting.push(start);
  });
}
