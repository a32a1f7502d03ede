import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planChunks, type Stretch } from "./chunks";
import { hearLanguages, type ListenOptions } from "./language-plan";
import { speechRuns, spreadOver } from "./language-runs";

/** Sentences of `lengthMs` with pauses of half a second, each in a language. */
function spoken(...parts: [language: string, sentences: number][]) {
  const lengthMs = 4_500;
  const spans: (Stretch & { language: string })[] = [];
  for (const [language, sentences] of parts) {
    for (let n = 0; n < sentences; n++) {
      const startMs = spans.length * 5_000;
      spans.push({ startMs, endMs: startMs + lengthMs, language });
    }
  }
  return spans;
}

type Spoken = ReturnType<typeof spoken>;

/** Hears what there is most of in the window, and counts how often it was asked. */
function listener(spans: Spoken, probability?: number) {
  const asked: Stretch[] = [];
  const listen: ListenOptions["listen"] = async (window, among) => {
    asked.push(window);
    const ms = new Map<string, number>();
    for (const span of spans) {
      const overlapMs = Math.min(span.endMs, window.endMs) - Math.max(span.startMs, window.startMs);
      if (overlapMs > 0) ms.set(span.language, (ms.get(span.language) ?? 0) + overlapMs);
    }
    const [most] = [...ms]
      .filter(([language]) => !among?.length || among.includes(language))
      .toSorted((a, b) => b[1] - a[1]);
    return { ...(most && { language: most[0] }), ...(probability && { probability }) };
  };
  return { listen, asked };
}

const hear = (spans: Spoken, more: Partial<ListenOptions> = {}) => {
  const { listen, asked } = listener(spans, 0.9);
  const looks = { first: 6, most: 160 };
  const heard = hearLanguages({ speech: spans, listen, looks, precise: true, ...more });
  return heard.then((result) => ({ ...result, asked: asked.length }));
};

const stretchesOf = (spans: Spoken) => {
  const stretches: Spoken = [];
  for (const span of spans) {
    const last = stretches.at(-1);
    if (last?.language === span.language) last.endMs = span.endMs;
    else stretches.push({ ...span });
  }
  return stretches;
};

describe("hearLanguages", () => {
  it("asks a few times when everything is in one language, wherever the video begins", async () => {
    const heard = await hear(spoken(["ko", 700]));
    expect(heard).toMatchObject({ language: "ko", asked: 6 });
    expect(heard.stretches).toEqual([{ startMs: 0, endMs: 3_499_500, language: "ko" }]);
    const [first, ...others] = heard.windows;
    expect(first?.startMs).toBeGreaterThan(0);
    expect(others.at(-1)?.startMs).toBeGreaterThan(2_500_000);
  });

  const changing: [string, [string, number][]][] = [
    [
      "one change",
      [
        ["ko", 100],
        ["en", 60],
      ],
    ],
    [
      "a change inside a window",
      [
        ["ko", 33],
        ["en", 40],
      ],
    ],
    [
      "there and back",
      [
        ["ko", 50],
        ["ja", 9],
        ["ko", 50],
      ],
    ],
    [
      "three languages",
      [
        ["en", 21],
        ["ko", 47],
        ["ja", 33],
      ],
    ],
    [
      "turns of a minute",
      [
        ["ko", 12],
        ["en", 12],
        ["ko", 12],
        ["en", 12],
        ["ko", 13],
      ],
    ],
    [
      "a long video",
      [
        ["ko", 900],
        ["en", 1_100],
      ],
    ],
  ];
  it.each(changing)("finds %s to the sentence", async (_name, parts) => {
    const spans = spoken(...parts);
    const { stretches, asked } = await hear(spans, { looks: { first: 20, most: 160 } });
    expect(stretches).toEqual(stretchesOf(spans));
    expect(asked).toBeLessThan(240);
  });

  it("keeps to its budget where each look is paid for", async () => {
    const spans = spoken(["ko", 900], ["en", 1_100]);
    const { stretches, asked } = await hear(spans, {
      looks: { first: 3, most: 24 },
      precise: false,
    });
    expect(asked).toBeLessThanOrEqual(24);
    expect(stretches.map(({ language }) => language)).toEqual(["ko", "en"]);
    // To within a window.
    expect(Math.abs((stretches[1]?.startMs ?? 0) - 4_500_000)).toBeLessThanOrEqual(30_000);
  });

  it("takes a sentence in between for a slip of the ear", async () => {
    const spans = spoken(["ko", 40], ["en", 1], ["ko", 40]);
    const short = spans.map((span) =>
      span.language === "en" ? { ...span, endMs: span.startMs + 3_000 } : span,
    );
    const heard = await hear(short, { looks: { first: 100, most: 160 } });
    expect(heard.stretches.map(({ language }) => language)).toEqual(["ko"]);
  });

  const unsure: [string, (string | undefined)[], number, string | null, number][] = [
    ["unsure ones decide when there is none other", ["ko", "ko", "en"], 0.4, "ko", 1],
    ["unsure ones don't split a video", ["ko", "en", "ja"], 0.3, "ko", 1],
    ["nothing told is no language", [undefined, undefined], 0.9, null, 0],
  ];
  it.each(unsure)("%s", async (_name, answers, probability, language, count) => {
    let at = 0;
    const heard = await hearLanguages({
      speech: spoken(["ko", 40]),
      looks: { first: 3, most: 10 },
      precise: true,
      listen: async () => {
        const answer = answers[at++ % answers.length];
        return answer ? { language: answer, probability } : {};
      },
    });
    expect(heard.language).toBe(language);
    expect(heard.stretches).toHaveLength(count);
  });

  it("covers all speech in order, whatever it hears", async () => {
    const layout = fc.array(fc.tuple(fc.integer({ min: 100, max: 70_000 }), fc.nat(9_000)), {
      minLength: 1,
      maxLength: 40,
    });
    const answer = fc.constantFrom("ko", "en", "ja", undefined);
    await fc.assert(
      fc.asyncProperty(
        layout,
        fc.infiniteStream(answer),
        fc.boolean(),
        async (parts, answers, precise) => {
          let at = 0;
          const speech = parts.map(([lengthMs, gapMs]) => {
            const startMs = at + gapMs + 300;
            at = startMs + lengthMs;
            return { startMs, endMs: at };
          });
          const heard = await hearLanguages({
            speech,
            looks: { first: 3, most: 12 },
            precise,
            listen: async () => {
              const { value } = answers.next();
              return value ? { language: value, probability: 0.8 } : {};
            },
          });
          if (heard.language === null) return;
          const { stretches } = heard;
          expect(stretches[0]?.startMs).toBe(speech[0]?.startMs);
          expect(stretches.at(-1)?.endMs).toBe(at);
          stretches.forEach((stretch, index) => {
            expect(stretch.startMs).toBeGreaterThanOrEqual(stretches[index - 1]?.endMs ?? 0);
            expect(stretch.endMs).toBeGreaterThan(stretch.startMs);
          });
          const cuts = stretches.slice(1).map(({ startMs }) => startMs);
          const chunks = planChunks({
            speech,
            durationMs: at + 500,
            targetMs: 60_000,
            maxMs: 90_000,
            cuts,
          });
          for (const cut of cuts) {
            const crossing = chunks.filter((c) => c.startMs < cut - 300 && c.endMs > cut + 300);
            expect(crossing).toEqual([]);
          }
        },
      ),
    );
  });
});

describe("speechRuns", () => {
  it("holds all speech once, in runs of a window at most", () => {
    const spans = [
      { startMs: 0, endMs: 70_000 },
      { startMs: 70_400, endMs: 71_000 },
      { startMs: 75_000, endMs: 76_000 },
    ];
    const runs = speechRuns(spans);
    expect(runs.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 23_333],
      [23_333, 46_666],
      [46_666, 71_000],
      [75_000, 76_000],
    ]);
    expect(runs.reduce((sum, run) => sum + run.speechMs, 0)).toBe(71_600);
    expect(spreadOver(runs, 2)).toEqual([0, 2]);
    expect(spreadOver(runs, 9)).toEqual([0, 1, 2, 3]);
  });
});
