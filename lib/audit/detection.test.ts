import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkLabel, peerHeader } from "@/lib/http/client-address";
import { assessLogInFailure, assessLogInSuccess, assessRefusal, isNewPlace } from "./detection";

describe("a log-in that failed", () => {
  it.each([
    [0, []],
    [4, []],
    [5, [{ rule: "credential_stuffing", accounts: 5 }]],
    [40, [{ rule: "credential_stuffing", accounts: 40 }]],
  ])("on a network that failed for %d accounts: %o", (failingAccounts, findings) => {
    expect(assessLogInFailure({ failingAccounts })).toEqual(findings);
  });
});

describe("a log-in that worked", () => {
  const usual = {
    failures: 0,
    knownDevice: true,
    known: [{ network: "203.0.113.0/24" }],
    network: "203.0.113.0/24",
  };
  const guess = (failures: number) => ({ rule: "success_after_failures", failures });
  const place = { rule: "new_device_and_network" };

  it.each([
    ["as always", {}, []],
    ["after 4 failures", { failures: 4 }, []],
    ["after 5 failures", { failures: 5 }, [guess(5)]],
    ["on a new device at a known place", { knownDevice: false }, []],
    ["on a known device at a new place", { network: "198.51.100.0/24" }, []],
    ["on a new device at a new place", { knownDevice: false, network: "198.51.100.0/24" }, [place]],
    [
      "with everything at once",
      { knownDevice: false, network: "198.51.100.0/24", failures: 9 },
      [guess(9), place],
    ],
    ["for the first time", { knownDevice: false, known: [] }, []],
  ])("%s", (_, change, findings) => {
    expect(assessLogInSuccess({ ...usual, ...change })).toEqual(findings);
  });
});

describe("a refusal", () => {
  it.each([
    [1, []],
    [20, []],
    [21, [{ rule: "many_refusals", refusals: 21 }]],
  ])("after %d in ten minutes: %o", (refusals, findings) => {
    expect(assessRefusal({ refusals })).toEqual(findings);
  });
});

describe("a place", () => {
  it.each([
    [["203.0.113.0/24"], "203.0.113.0/24", false],
    [["203.0.113.0/24"], "203.0.7.0/24", false],
    [["203.0.113.0/24"], "203.1.113.0/24", true],
    [["20.30.113.0/24"], "203.0.113.0/24", true],
    [["2001:db8:1::/48"], "2001:db8:2::/48", false],
    [["2001:db8:1::/48"], "2001:db9:1::/48", true],
    [["203.0.113.0/24"], "2001:db8:1::/48", true],
    [["198.51.100.0/24", "203.0.113.0/24"], "203.0.1.0/24", false],
    [[null], "203.0.113.0/24", true],
    [["203.0.113.0/24"], null, false],
    [[], "203.0.113.0/24", false],
  ])("known %o, now %s: new is %s", (networks, label, isNew) => {
    const known = networks.map((network) => ({ network }));
    expect(isNewPlace(known, label)).toBe(isNew);
  });

  const labelOf = (address: string) => networkLabel(new Headers({ [peerHeader]: address }), 0);

  it("is the same for two addresses that begin alike, and another one otherwise", () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        const text = (list: number[]) => list.map((group) => group.toString(16)).join(":");
        const near = [...one.slice(0, 2), ...other.slice(2)];
        fc.pre(labelOf(text(one)) !== null && labelOf(text(other)) !== null);
        const known = [{ network: labelOf(text(one)) }];
        expect(isNewPlace(known, labelOf(text(near)))).toBe(false);
        const differs = one[0] !== other[0] || one[1] !== other[1];
        expect(isNewPlace(known, labelOf(text(other)))).toBe(differs);
      }),
    );
  });
});
