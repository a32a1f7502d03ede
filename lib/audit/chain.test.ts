import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChainEntry,
  type ChainRow,
  type Checkpoint,
  canonicalJson,
  canonicalRow,
  chainStart,
  checkpointMac,
  clockToleranceMs,
  createVerifier,
  hashRow,
  type KeyRing,
  verifyChain,
} from "./chain";

const key = Buffer.from("a key for tests, 32 bytes or so.");
const oldKey = Buffer.from("the key before that, 32 bytes...");
const keys: KeyRing = (id) => ({ k1: key, k0: oldKey })[id];
const startMs = Date.UTC(2026, 0, 1);
const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

type Facts = Omit<ChainEntry, "seq" | "keyId">;

/** A log of these facts, sealed as the service seals them. */
function chainOf(facts: Facts[], keyId = "k1"): ChainRow[] {
  let previousHash = chainStart;
  return facts.map((fact, index) => {
    const entry = { ...fact, seq: BigInt(index + 1), keyId };
    const row = { ...entry, previousHash, hash: hashRow(entry, previousHash, key) };
    previousHash = row.hash;
    return row;
  });
}

function fact(index: number, change: Partial<Facts> = {}): Facts {
  return {
    ...{ id: uuid(index), at: new Date(startMs + index * 1000), name: "authn_login_success" },
    ...{ level: "info", actorId: uuid(7), subjectId: uuid(7), sessionId: null, requestId: null },
    ...{ networkHash: null, detail: {} },
    ...change,
  };
}

const chain = (length: number) => chainOf(Array.from({ length }, (_, index) => fact(index)));

function at<T>(list: readonly T[], index: number): T {
  const found = list.at(index);
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}

function checkpointOf(row: ChainRow): Checkpoint {
  const facts = { seq: row.seq, hash: row.hash, at: row.at.toISOString(), keyId: "k1" };
  return { ...facts, mac: checkpointMac(facts, key) };
}

const problems = (rows: ChainRow[], checkpoints: Checkpoint[] = [], ring = keys) =>
  verifyChain(rows, ring, checkpoints).map(({ seq, problem }) => `${seq} ${problem}`);

const anyFacts = fc.record({
  id: fc.nat({ max: 2 ** 32 }).map(uuid),
  name: fc.constantFrom("authn_login_fail", "authz_fail", "user_created"),
  level: fc.constantFrom("info", "warn", "critical"),
  actorId: fc.option(fc.nat().map(uuid)),
  subjectId: fc.option(fc.nat().map(uuid)),
  sessionId: fc.option(fc.nat().map(uuid)),
  requestId: fc.option(fc.string()),
  networkHash: fc.option(fc.string()),
  detail: fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  ),
});

/** Logs of at least one row, their times a second apart. */
const anyChain = fc
  .array(anyFacts, { minLength: 1, maxLength: 12 })
  .map((list) =>
    chainOf(list.map((facts, index) => ({ ...facts, at: new Date(startMs + index * 1000) }))),
  );

describe("the canonical form", () => {
  it("is the same whatever the order of the names, at every depth", () => {
    const one = { b: [1, { z: null, a: "x" }], a: true };
    expect(canonicalJson(one)).toBe('{"a":true,"b":[1,{"a":"x","z":null}]}');
    expect(canonicalJson({ a: true, b: [1, { a: "x", z: null }] })).toBe(canonicalJson(one));
  });

  it("is JSON that reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [undefined], [[undefined]]])(
    "has no place for %s",
    (value) => expect(() => canonicalJson(value)).toThrow(TypeError),
  );

  it("never changes: logs that are kept must stay verifiable", () => {
    const entry = { ...fact(0, { detail: { b: 1, a: "가" } }), seq: 9_007_199_254_740_993n };
    expect(canonicalRow({ ...entry, keyId: "k1" })).toBe(
      '{"actorId":"00000000-0000-7000-8000-000000000007","at":"2026-01-01T00:00:00.000Z",' +
        '"detail":{"a":"가","b":1},"id":"00000000-0000-7000-8000-000000000000","keyId":"k1",' +
        '"level":"info","name":"authn_login_success","networkHash":null,"requestId":null,' +
        '"seq":"9007199254740993","sessionId":null,' +
        '"subjectId":"00000000-0000-7000-8000-000000000007"}',
    );
    expect(at(chain(1), 0).hash).toBe("ljKWm0oO4r67h3sIABQT_rRV_qLSLNpjZLRRe-Otg9U");
  });
});

describe("a log nobody touched", () => {
  it("has no findings, read as a whole or row by row, with every row's checkpoint", () => {
    fc.assert(
      fc.property(anyChain, (rows) => {
        const checkpoints = rows.map(checkpointOf);
        expect(verifyChain(rows, keys, checkpoints)).toEqual([]);
        const verifier = createVerifier(keys, checkpoints);
        for (const row of rows) verifier.read(row);
        expect(verifier.report()).toEqual({
          ...{ rows: rows.length, firstSeq: 1n, lastSeq: BigInt(rows.length) },
          ...{ checkpoints: rows.length, findings: [] },
        });
      }),
    );
  });

  it("may be empty", () => {
    expect(createVerifier(keys, []).report()).toEqual({
      ...{ rows: 0, firstSeq: null, lastSeq: null, checkpoints: 0, findings: [] },
    });
  });
});

/** For each field another value than the one that is there. */
const changes: { [Field in keyof ChainRow]: (row: ChainRow) => ChainRow[Field] } = {
  seq: (row) => row.seq + 1n,
  id: (row) => row.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
  at: (row) => new Date(row.at.getTime() + 1),
  name: (row) => `${row.name}_`,
  level: (row) => (row.level === "warn" ? "info" : "warn"),
  actorId: (row) => (row.actorId === null ? uuid(1) : null),
  subjectId: (row) => (row.subjectId === null ? uuid(1) : null),
  sessionId: (row) => (row.sessionId === null ? uuid(1) : null),
  requestId: (row) => (row.requestId === null ? "" : `${row.requestId} `),
  networkHash: (row) => (row.networkHash === null ? "" : `${row.networkHash} `),
  detail: (row) => ({ ...(row.detail as object), "one more": null }),
  keyId: () => "k0",
  previousHash: (row) => `${row.previousHash}x`,
  hash: (row) => row.hash.replace(/^./, (first) => (first === "A" ? "B" : "A")),
};
const fields = Object.keys(changes) as (keyof ChainRow)[];

describe("a log that somebody touched", () => {
  it.each(fields)("shows a change of %s in any row", (field) => {
    fc.assert(
      fc.property(anyChain, fc.nat(), (rows, pick) => {
        const index = pick % rows.length;
        const changed = rows.with(index, {
          ...at(rows, index),
          [field]: changes[field](at(rows, index)),
        });
        const seqs = verifyChain(changed, keys, []).map(({ seq }) => seq);
        const row = at(changed, index);
        expect(seqs).toContain(row.seq);
      }),
    );
  });

  it("shows two rows that changed places, with or without their numbers", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), fc.nat(), (rows, one, other) => {
        const [a, b] = [one % rows.length, other % rows.length];
        fc.pre(a !== b);
        const [rowA, rowB] = [at(rows, a), at(rows, b)];
        const moved = rows.with(a, rowB).with(b, rowA);
        expect(verifyChain(moved, keys, [])).not.toEqual([]);
        const swapped = rows
          .with(a, { ...rowB, seq: rowA.seq })
          .with(b, { ...rowA, seq: rowB.seq });
        expect(verifyChain(swapped, keys, [])).not.toEqual([]);
      }),
    );
  });

  it("shows rows that are gone; the last ones by a checkpoint", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), fc.nat({ max: 3 }), (rows, pick, more) => {
        const from = pick % rows.length;
        const left = rows.toSpliced(from, 1 + more);
        expect(verifyChain(left, keys, [checkpointOf(at(rows, -1))])).not.toEqual([]);
      }),
    );
  });

  it("shows a row that was put in, even with all later ones renumbered", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), fc.nat(), (rows, pick, original) => {
        const index = pick % (rows.length + 1);
        const copy = at(rows, original % rows.length);
        expect(verifyChain(rows.toSpliced(index, 0, copy), keys, [])).not.toEqual([]);
        const renumbered = rows
          .toSpliced(index, 0, copy)
          .map((row, position) => ({ ...row, seq: BigInt(position + 1) }));
        expect(verifyChain(renumbered, keys, [])).not.toEqual([]);
      }),
    );
  });

  it("names the row and what is wrong with it, and nothing else", () => {
    const rows = chain(5);
    const edited = { ...at(rows, 2), level: "warn" };
    expect(problems(rows.with(2, edited))).toEqual(["3 wrong_hash"]);
    expect(problems(rows.toSpliced(2, 1))).toEqual(["4 gap", "4 wrong_previous_hash"]);
    expect(problems(rows.slice(1))).toEqual(["2 gap", "2 wrong_previous_hash"]);
    const resealed = { ...edited, hash: hashRow(edited, edited.previousHash, oldKey) };
    expect(problems(rows.with(2, resealed))).toEqual(["3 wrong_hash", "4 wrong_previous_hash"]);
  });

  it("says which rows were sealed with a key that is gone", () => {
    const rows = chain(2);
    expect(problems(rows, [], () => undefined)).toEqual(["1 unknown_key", "2 unknown_key"]);
  });

  it.each([
    [clockToleranceMs, []],
    [clockToleranceMs + 1, ["2 time_went_back"]],
  ])("shows time that went back by %d ms: %o", (backMs, expected) => {
    const rows = chainOf([fact(0), fact(1, { at: new Date(startMs - backMs) }), fact(2)]);
    expect(problems(rows)).toEqual(expected);
  });
});

describe("a checkpoint", () => {
  it("shows that the end is missing, and how far the log once went", () => {
    const rows = chain(5);
    expect(problems(rows.slice(0, 3))).toEqual([]);
    expect(problems(rows.slice(0, 3), [checkpointOf(at(rows, 4))])).toEqual(["5 missing_tail"]);
    expect(problems([], [checkpointOf(at(rows, 4))])).toEqual(["5 missing_tail"]);
  });

  it("shows an end that was cut off and recorded anew", () => {
    const rows = chain(4);
    const anew = chainOf([fact(0), fact(1), fact(2), fact(3, { name: "authn_logout" }), fact(4)]);
    expect(problems(anew)).toEqual([]);
    expect(problems(anew, [checkpointOf(at(rows, 3))])).toEqual(["4 checkpoint_mismatch"]);
  });

  it("of a row inside a gap has no row", () => {
    const rows = chain(4);
    expect(problems(rows.toSpliced(1, 1), [checkpointOf(at(rows, 1))])).toEqual([
      "3 gap",
      "3 wrong_previous_hash",
      "2 checkpoint_mismatch",
    ]);
  });

  it.each([
    ["seq", { seq: 2n }],
    ["hash", { hash: "other" }],
    ["at", { at: "2026-01-01T00:00:01.000Z" }],
    ["keyId", { keyId: "k0" }],
    ["mac", { mac: "" }],
  ])("that was changed (%s) is no checkpoint of ours", (_, change) => {
    const rows = chain(3);
    const forged = { ...checkpointOf(at(rows, 2)), ...change };
    expect(problems(rows, [forged])).toEqual([`${forged.seq} checkpoint_forged`]);
  });

  it("made with a key that is gone is said to be so", () => {
    const rows = chain(1);
    const lost = { ...checkpointOf(at(rows, 0)), keyId: "k9" };
    expect(problems(rows, [lost])).toEqual(["1 unknown_key"]);
  });

  it("is missed when the log tells of it", () => {
    const tells = fact(2, { name: "audit_checkpoint", detail: { seq: "2" } });
    const rows = chainOf([fact(0), fact(1), tells]);
    expect(problems(rows, [checkpointOf(at(rows, 1))])).toEqual([]);
    expect(problems(rows, [checkpointOf(at(rows, 0))])).toEqual(["2 checkpoint_missing"]);
  });
});
