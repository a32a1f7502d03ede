import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OwnEdit, stepsOf } from "./history";

/** Edits as "group", or "group<undone group". */
function log(...written: string[]): OwnEdit[] {
  return written.map((each, at) => {
    const [groupId = "", undoes = null] = each.split("<");
    return { revision: at + 1, clientOpId: `op-${at}`, groupId, undoes };
  });
}
const groups = (edits: OwnEdit[]) => {
  const { undo, redo } = stepsOf(edits);
  const told = (steps: { groupId: string; revisions: number[] }[]) =>
    steps.map(({ groupId, revisions }) => `${groupId}:${revisions.join("+")}`).join(" ");
  return [told(undo), told(redo)];
};

describe("what can be taken back and made again", () => {
  it.each([
    [[], "", ""],
    [["a", "a", "b"], "a:1+2 b:3", ""],
    [["a", "b", "u<b"], "a:1", "u:3"],
    [["a", "b", "u<b", "v<a"], "", "u:3 v:4"],
    [["a", "b", "u<b", "v<a", "r<v"], "r:5", "u:3"],
    [["a", "b", "u<b", "v<a", "r<v", "s<u"], "r:5 s:6", ""],
    [["a", "u<a", "b"], "b:3", ""],
    [["a", "u<a", "r<u", "w<r"], "", "w:4"],
    [["a", "a", "u<a", "u<a"], "", "u:3+4"],
    [["a", "a", "u<a", "u<a", "r<u", "r<u"], "r:5+6", ""],
    [["a", "b", "a"], "a:1+3 b:2", ""],
    [["a", "b", "u<a"], "b:2", "u:3"],
    [["a", "u<from another time"], "a:1 u:2", ""],
  ])("%j: undo %j, redo %j", (edits, undo, redo) => {
    expect(groups(log(...edits))).toEqual([undo, redo]);
  });

  it("takes edits from before there were groups one by one", () => {
    const edits = log("", "").map((edit) => ({ ...edit, groupId: null }));
    expect(groups(edits)).toEqual(["op-0:1 op-1:2", ""]);
  });

  it("agrees with two stacks that somebody works from the top of", () => {
    const action = fc.constantFrom("edit", "more", "undo", "redo");
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const undo: string[] = [];
        const redo: string[] = [];
        const written: string[] = [];
        for (const [at, what] of actions.entries()) {
          const from = what === "undo" ? undo : redo;
          const group = `g${at}`;
          if (what === "edit" || what === "more") {
            const last = what === "more" ? undo.at(-1) : undefined;
            // A redo is a step of its own that nothing is added to.
            const isPlain = last && written.includes(last);
            written.push(isPlain ? last : group);
            if (!isPlain) undo.push(group);
            redo.length = 0;
            continue;
          }
          const top = from.pop();
          if (top === undefined) continue;
          written.push(`${group}<${top}`);
          (what === "undo" ? redo : undo).push(group);
        }
        const steps = stepsOf(log(...written));
        expect(steps.undo.map(({ groupId }) => groupId)).toEqual(undo);
        expect(steps.redo.map(({ groupId }) => groupId)).toEqual(redo);
      }),
    );
  });
});
