import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "@/lib/errors";
import { assertTrialFile, assertTrialPlace, trialNetwork } from "./policy";

function codeOf(act: () => void): ErrorCode | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : "internal";
  }
}

describe("trialNetwork", () => {
  it.each([
    ["203.0.113.7", "203.0.113"],
    ["203.0.113.200", "203.0.113"],
    ["2001:db8:0:1", "2001:db8:0:1"],
    [undefined, undefined],
  ])("%s is counted as %s", (network, expected) => {
    expect(trialNetwork(network)).toBe(expected);
  });
});

describe("a visitor's file", () => {
  const mib = 1024 ** 2;
  it.each([
    [{ sizeBytes: 1, durationMs: 180_000 }, undefined],
    [{ sizeBytes: 1, durationMs: 180_001 }, "trial_too_long"],
    [{ sizeBytes: 200 * mib, durationMs: null }, undefined],
    [{ sizeBytes: 200 * mib + 1, durationMs: null }, "trial_too_large"],
    [{ sizeBytes: 200 * mib + 1, durationMs: 1 }, "trial_too_large"],
  ])("%j: %s", (file, code) => {
    expect(codeOf(() => assertTrialFile(file))).toBe(code);
  });
});

describe("a visitor's next upload", () => {
  it.each([
    [{ unfinished: 0, today: 0 }, undefined],
    [{ unfinished: 0, today: 4 }, undefined],
    [{ unfinished: 0, today: 5 }, "trial_uploads_used"],
    [{ unfinished: 1, today: 1 }, "trial_uploading"],
  ])("%j: %s", (uploads, code) => {
    expect(codeOf(() => assertTrialPlace(uploads))).toBe(code);
  });
});
