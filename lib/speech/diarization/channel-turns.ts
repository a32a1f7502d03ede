import { joinTurns, numberSpeakers } from "./turns";
import type { SpeakerTurn } from "./types";

interface ChannelSound {
  windowMs: number;
  /** For each channel its level in each window, dB. */
  levels: readonly Float32Array[];
  /** Where somebody speaks. */
  speech: readonly { startMs: number; endMs: number }[];
  /** How many speak at most. */
  speakers?: number | undefined;
}

/** A channel leads this clearly, dB, where only one person is heard in it. */
const leadDb = 6;
/**
 * A second voice is nearly as loud as when it speaks alone, and not far below the first, dB: what
 * leaks into another's microphone is less.
 */
const together = { ownDb: -6, belowDb: 7 };
/** Two speak at once only where both last this long, ms. */
const togetherMs = 400;
/** What changing the speaker costs, in dB times ms: 6 dB for 200 ms. */
const changeCost = 1_200;
/** Beyond this a lead says no more, dB: one loud bang must not decide over seconds. */
const mostDb = 12;
/** Who leads for less than this share of the speech and less than 1 s has no voice of its own. */
const leastShare = 0.01;
const leastMs = 1_000;
/** Pauses within what one person says, ms. */
const pauseMs = 1_000;
const silentDb = -90;

/**
 * Who speaks when, by which channel is the loudest: each microphone hears its own speaker best.
 * Channels are brought to one loudness first, changes cost something (hysteresis), and two are
 * heard at once where both are as loud as when they speak alone. Linear in the length.
 */
export function turnsFromChannels(sound: ChannelSound): SpeakerTurn[] {
  const windows = speechWindows(sound);
  const gains = gainsOf(sound, windows);
  let channels = withVoices(gains, windows.length, sound.windowMs);
  if (channels.length === 0) channels = [loudestChannel(sound, windows)];
  const most = sound.speakers ?? channels.length;
  const kept = channels.slice(0, Math.max(1, most));
  const against = (levels: readonly Float32Array[]) => (channel: number, window: number) =>
    (levels[channel]?.[window] ?? silentDb) - (gains[channel]?.db ?? 0);
  const leaders = leadersOf(kept, windows, against(sound.levels), sound.windowMs);
  const level = against(sound.levels.map((levels) => steady(levels, sound.windowMs)));
  return numberSpeakers(joinTurns(turnsOf({ sound, kept, windows, leaders, level }), pauseMs));
}

/** Numbers of the windows inside speech. */
function speechWindows({ windowMs, levels, speech }: ChannelSound): number[] {
  const count = levels[0]?.length ?? 0;
  const windows: number[] = [];
  for (const { startMs, endMs } of speech) {
    const from = Math.max(
      windows.at(-1) === undefined ? 0 : (windows.at(-1) ?? 0) + 1,
      Math.floor(startMs / windowMs),
    );
    for (let window = from; window < Math.min(count, Math.ceil(endMs / windowMs)); window++) {
      windows.push(window);
    }
  }
  return windows;
}

/** Loudness over 300 ms: speech falls silent between syllables, four times a second. */
function steady(levels: Float32Array, windowMs: number): Float32Array {
  const reach = Math.round(150 / windowMs);
  const sums = new Float64Array(levels.length + 1);
  levels.forEach((db, at) => {
    sums[at + 1] = (sums[at] ?? 0) + 10 ** (db / 10);
  });
  return levels.map((_, at) => {
    const from = Math.max(0, at - reach);
    const to = Math.min(levels.length, at + reach + 1);
    const power = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
    return power > 0 ? Math.max(silentDb, 10 * Math.log10(power)) : silentDb;
  });
}

interface Gain {
  channel: number;
  /** The level at which its own speaker is heard, dB. */
  db: number;
  /** In how many windows it leads. */
  leads: number;
}

/** The loudness of each channel where it leads: microphones are set differently. */
function gainsOf(sound: ChannelSound, windows: readonly number[]): Gain[] {
  const led: number[][] = sound.levels.map(() => []);
  for (const window of windows) {
    const here = sound.levels.map((channel) => channel[window] ?? silentDb);
    const [loudest = silentDb, second = silentDb] = here.toSorted((a, b) => b - a);
    if (loudest - second >= leadDb) led[here.indexOf(loudest)]?.push(loudest);
  }
  return led.map((levels, channel) => ({
    channel,
    db: levels.toSorted((a, b) => a - b)[Math.floor(levels.length * 0.8)] ?? 0,
    leads: levels.length,
  }));
}

/** Channels with a voice of their own, those that speak the most first. */
function withVoices(gains: readonly Gain[], windows: number, windowMs: number): number[] {
  const least = Math.max(leastMs / windowMs, 0);
  return gains
    .filter(({ leads }) => leads >= windows * leastShare && leads >= Math.min(least, windows * 0.2))
    .filter(({ leads }) => leads > 0)
    .toSorted((a, b) => b.leads - a.leads)
    .map(({ channel }) => channel);
}

function loudestChannel({ levels }: ChannelSound, windows: readonly number[]): number {
  const sums = levels.map((channel) =>
    windows.reduce((sum, window) => sum + (channel[window] ?? silentDb), 0),
  );
  return Math.max(0, sums.indexOf(Math.max(...sums)));
}

type Level = (channel: number, window: number) => number;

/** The cheapest sequence of leading channels (Viterbi): loudness against the cost of changing. */
function leadersOf(
  channels: readonly number[],
  windows: readonly number[],
  level: Level,
  windowMs: number,
): Uint8Array {
  const states = channels.length;
  const from = new Uint8Array(windows.length * states);
  let costs = new Float64Array(states);
  windows.forEach((window, at) => {
    const here = channels.map((channel) => level(channel, window));
    const loudest = Math.max(...here);
    const cheapest = costs.indexOf(Math.min(...costs));
    // After a pause anybody may go on.
    const paused = at > 0 && window - (windows[at - 1] ?? 0) > 1;
    const change = (costs[cheapest] ?? 0) + (paused ? 0 : changeCost);
    const next = new Float64Array(states);
    for (let state = 0; state < states; state++) {
      const stays = (costs[state] ?? 0) <= change;
      from[at * states + state] = stays ? state : cheapest;
      const quieterDb = Math.min(mostDb, loudest - (here[state] ?? silentDb));
      next[state] = (stays ? (costs[state] ?? 0) : change) + quieterDb * windowMs;
    }
    costs = next;
  });
  const leaders = new Uint8Array(windows.length);
  let state = costs.indexOf(Math.min(...costs));
  for (let at = windows.length - 1; at >= 0; at--) {
    leaders[at] = state;
    state = from[at * states + state] ?? 0;
  }
  return leaders;
}

/** The leaders' turns, and those of who speaks at the same time. */
function turnsOf(parts: {
  sound: ChannelSound;
  kept: readonly number[];
  windows: readonly number[];
  leaders: Uint8Array;
  level: Level;
}): SpeakerTurn[] {
  const { sound, kept, windows, leaders, level } = parts;
  const { windowMs } = sound;
  const turns: SpeakerTurn[] = [];
  kept.forEach((channel, state) => {
    let open: { from: number; to: number; leads: boolean } | undefined;
    const close = () => {
      if (!open) return;
      const turn = { startMs: open.from * windowMs, endMs: (open.to + 1) * windowMs };
      if (open.leads || turn.endMs - turn.startMs >= togetherMs) {
        turns.push({ ...turn, speaker: String(channel) });
      }
      open = undefined;
    };
    windows.forEach((window, at) => {
      const leader = kept[leaders[at] ?? 0] ?? channel;
      const leads = (leaders[at] ?? 0) === state;
      const here = level(channel, window);
      const second = here >= together.ownDb && here >= level(leader, window) - together.belowDb;
      const speaks = leads || second;
      if (open && (!speaks || window !== open.to + 1)) close();
      if (!speaks) return;
      if (open) {
        open.to = window;
        open.leads ||= leads;
      } else open = { from: window, to: window, leads };
    });
    close();
  });
  return turns;
}
