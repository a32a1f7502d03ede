import { describe, expect, it } from "vitest";
import { readCommand, UsageError } from "./options";

const nowMs = Date.UTC(2026, 10, 27);

describe("the promotion command", () => {
  it("adds a code with everything it can have", () => {
    const line =
      "add SPRING --percent 10 --name-ko 봄 --name-en Spring --from 2026-12-01 --to 2026-12-31 " +
      "--packages light,standard --min 10000 --max-off 5000 --uses 100";
    expect(readCommand(line.split(" "), nowMs)).toEqual({
      command: "add",
      promotion: {
        ...{ code: "SPRING", kind: "percent", value: 10, name: { ko: "봄", en: "Spring" } },
        startsAt: new Date("2026-12-01T00:00:00+09:00"),
        endsAt: new Date("2027-01-01T00:00:00+09:00"),
        ...{ packageIds: ["light", "standard"], minKrw: 10_000, maxOffKrw: 5_000, maxUses: 100 },
      },
    });
  });

  it("needs little", () => {
    expect(readCommand(["add", "WELCOME", "--krw", "1000"], nowMs)).toMatchObject({
      promotion: {
        ...{ code: "WELCOME", kind: "fixed", value: 1_000, startsAt: new Date(nowMs) },
        ...{ endsAt: null, packageIds: [], minKrw: 0, maxOffKrw: null, maxUses: null },
        name: { ko: "WELCOME", en: "WELCOME" },
      },
    });
    const automatic = [
      "add",
      "--automatic",
      "--bonus",
      "50",
      "--name-ko",
      "새해",
      "--name-en",
      "x",
    ];
    expect(readCommand(automatic, nowMs)).toMatchObject({
      promotion: { code: null, kind: "bonus", value: 50 },
    });
    expect(readCommand(["list"])).toEqual({ command: "list" });
    expect(readCommand(["stop", "SPRING"])).toEqual({ command: "stop", which: "SPRING" });
  });

  it.each([
    "",
    "remove X",
    "stop",
    "list all of them",
    "add X",
    "add --percent 10",
    "add X --automatic --percent 10",
    "add --automatic --percent 10",
    "add X --percent 0",
    "add X --percent 100",
    "add X --percent 10 --krw 1000",
    "add X --krw ten",
    "add X --krw 1000 --uses 0",
    "add X --krw 1000 --from tomorrow",
    "add X --krw 1000 --from 2026-12-02 --to 2026-12-01",
    "add X --krw 1000 --unknown",
  ])("refuses: %s", (line) => {
    expect(() => readCommand(line.split(" ").filter(Boolean), nowMs)).toThrow(UsageError);
  });
});
