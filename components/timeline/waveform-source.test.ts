import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillColumns, type SoundTile } from "./sound-columns";
import { WaveformSource } from "./waveform-source";

describe("fillColumns", () => {
  const tile = fc.record({
    first: fc.integer({ min: 0, max: 50 }),
    values: fc
      .array(fc.tuple(fc.integer({ min: -128, max: 127 }), fc.integer({ min: -128, max: 127 })), {
        minLength: 1,
        maxLength: 60,
      })
      .map((pairs) => Int8Array.from(pairs.flatMap(([a, b]) => [Math.min(a, b), Math.max(a, b)]))),
    step: fc.constant(2 as const),
    perSecond: fc.constantFrom(10, 50, 200),
    full: fc.constant(128),
  });

  it("shows the extremes of all that lies in a column", () => {
    fc.assert(
      fc.property(
        tile,
        fc.integer({ min: 0, max: 2_000 }),
        fc.constantFrom(0.5, 5, 20, 50, 100, 340),
        (one, fromMs, msPerColumn) => {
          const columns = new Float32Array(40).fill(Number.NaN);
          fillColumns(one, { fromMs, msPerColumn, columns });
          for (let column = 0; column < 20; column++) {
            const startMs = fromMs + column * msPerColumn;
            const inside: number[] = [];
            const from = Math.floor((startMs * one.perSecond) / 1000);
            const to = Math.floor(((startMs + msPerColumn) * one.perSecond) / 1000);
            for (let at = from; at < Math.max(from + 1, to); at++) {
              const pair = one.values.subarray((at - one.first) * 2, (at - one.first) * 2 + 2);
              if (at >= one.first) inside.push(...pair);
            }
            const low = columns[column * 2] ?? Number.NaN;
            const endsIn = ((one.first + one.values.length / 2) * 1000) / one.perSecond;
            const startsIn = startMs >= (one.first * 1000) / one.perSecond - 1e-9;
            if (inside.length === 0 || startMs >= endsIn || !startsIn) continue;
            expect(low).toBeCloseTo(Math.min(...inside) / 128, 5);
            expect(columns[column * 2 + 1]).toBeCloseTo(Math.max(...inside) / 128, 5);
          }
        },
      ),
    );
  });

  it("leaves what is known, and what the tile says nothing about", () => {
    const one: SoundTile = {
      ...{ first: 10, values: Int8Array.from([-64, 64]), step: 2, perSecond: 10, full: 128 },
    };
    const columns = Float32Array.from([0.25, 0.25, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    fillColumns(one, { fromMs: 900, msPerColumn: 100, columns });
    expect([...columns]).toEqual([0.25, 0.25, -0.5, 0.5, Number.NaN, Number.NaN]);
  });
});

/** Ten minutes whose loudness is the second's number; a server for it. */
function server(answers: Record<string, number> = {}) {
  const asked: string[] = [];
  const seconds = 600;
  const request = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), "http://localhost");
    asked.push(`${url.pathname}${url.search}`);
    const status = answers[url.pathname];
    if (status) return new Response(null, { status });
    if (url.pathname === "/sound") {
      const [from, to] = ["fromMs", "toMs"].map((name) => Number(url.searchParams.get(name)) * 16);
      const count = Math.max(0, Math.min(seconds * 16_000, to ?? 0) - (from ?? 0));
      return new Response(Int16Array.from({ length: count }, (_, i) => ((from ?? 0) + i) % 1000));
    }
    const level = Number(url.searchParams.get("level"));
    const pairs = Int8Array.from({ length: seconds * level * 2 }, (_, i) => {
      const loud = Math.floor(i / 2 / level) % 100;
      return i % 2 === 0 ? -loud : loud;
    });
    const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get("range") ?? "");
    const [start, end] = [Number(range?.[1]) - 24, Number(range?.[2]) - 24];
    if (start >= pairs.length) return new Response(null, { status: 416 });
    return new Response(pairs.slice(start, end + 1), { status: 206 });
  };
  const changed: string[] = [];
  const source = new WaveformSource({
    peaksUrl: "/peaks",
    soundUrl: "/sound",
    onChange: () => changed.push(source.state),
    request,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  return { source, asked, settle, changed };
}

describe("WaveformSource", () => {
  it("loads the level that fits the look, and draws from coarser ones meanwhile", async () => {
    const { source, asked, settle } = server();
    const columns = new Float32Array(600 * 2);
    source.columns(0, 1_000, columns);
    expect(columns.every(Number.isNaN)).toBe(true);
    await settle();
    expect(source.state).toBe("ready");
    expect(asked).toEqual(["/peaks?level=10"]);
    source.columns(0, 1_000, columns);
    expect(columns[42 * 2 + 1]).toBeCloseTo(42 / 128);
    expect(source.gain).toBeCloseTo(0.85 / (97 / 128));

    const close = new Float32Array(100 * 2);
    source.columns(42_000, 20, close);
    expect(close[1]).toBeCloseTo(42 / 128);
    expect(asked).toEqual(["/peaks?level=10", "/peaks?level=50"]);
    await settle();
    source.columns(42_000, 5, close);
    expect(close[1]).toBeCloseTo(42 / 128);
    expect(asked.at(-1)).toBe("/peaks?level=200");
  });

  it("shows the samples from close by", async () => {
    const { source, asked, settle } = server();
    expect(source.samples(4_000, 4_010)).toBeUndefined();
    const columns = new Float32Array(100 * 2);
    source.columns(4_000, 0.5, columns);
    await settle();
    expect(asked).toContain("/sound?fromMs=4000&toMs=8000");
    const samples = source.samples(4_000, 4_010);
    expect(samples?.first).toBe(64_000);
    expect(samples?.values[0]?.[5]).toBe(5);
    source.columns(4_000, 0.5, columns);
    expect(columns[2]).toBeCloseTo(8 / 32_768);
  });

  it("ends where the video does", async () => {
    const { source, settle } = server();
    const columns = new Float32Array(10 * 2);
    for (const msPerColumn of [1_000, 5, 0.5]) {
      source.columns(600_000, msPerColumn, columns);
      await settle();
      source.columns(600_000, msPerColumn, columns);
      expect(columns.every(Number.isNaN)).toBe(true);
    }
  });

  it("says when there is no sound, and gets along without the samples", async () => {
    const silent = server({ "/peaks": 404 });
    silent.source.columns(0, 1_000, new Float32Array(20));
    await silent.settle();
    expect(silent.source.state).toBe("absent");
    expect(silent.changed).toContain("absent");

    const outlined = server({ "/sound": 404 });
    const columns = new Float32Array(20);
    outlined.source.columns(42_000, 1, columns);
    await outlined.settle();
    outlined.source.columns(42_000, 1, columns);
    expect(columns[1]).toBeCloseTo(42 / 128);
    expect(outlined.source.samples(42_000, 42_010)).toBeUndefined();
  });

  it("tries again later when the server can't answer yet", async () => {
    const { source, settle } = server({ "/peaks": 503 });
    source.columns(0, 1_000, new Float32Array(20));
    await settle();
    expect(source.state).toBe("loading");
  });
});
