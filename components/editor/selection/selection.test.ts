import { describe, expect, it } from "vitest";
import {
  chosenIds,
  type EditorSelection,
  type SelectionAction,
  selectionAt,
  selectionReducer,
} from "./selection";
import { SelectionStore } from "./selection-store";

const ids = ["a", "b", "c", "d", "e"];

const resultOf = (...actions: SelectionAction[]): EditorSelection =>
  actions.reduce(selectionReducer, selectionAt(null));
const select = (cueId: string, focus = false): SelectionAction => ({
  ...{ kind: "select", cueId, focus },
});
const extend = (cueId: string): SelectionAction => ({
  ...{ kind: "extend", cueId, ids, focus: true },
});
const toggle = (cueId: string): SelectionAction => ({ kind: "toggle", cueId });
const without = (...gone: string[]): SelectionAction => ({
  ...{ kind: "listChanged", before: ids, focus: true },
  ids: ids.filter((id) => !gone.includes(id)),
});

describe("choosing cues", () => {
  it("reaches from where it was begun, in both directions", () => {
    const down = resultOf(select("b"), extend("d"));
    expect([down.cueId, [...down.range]]).toEqual(["d", ["b", "c", "d"]]);
    const up = selectionReducer(down, extend("a"));
    expect([up.cueId, [...up.range]]).toEqual(["a", ["a", "b"]]);
    const back = selectionReducer(up, extend("b"));
    expect([back.cueId, back.range.size]).toEqual(["b", 0]);
  });

  it("adds and takes away single ones", () => {
    const two = resultOf(select("b"), toggle("d"));
    expect([two.cueId, [...two.range].sort()]).toEqual(["d", ["b", "d"]]);
    const one = selectionReducer(two, toggle("d"));
    expect([one.cueId, one.range.size]).toEqual(["b", 0]);
    // The last one stays.
    expect(selectionReducer(one, toggle("b")).cueId).toBe("b");
  });

  it("goes to one alone when one is chosen or opened", () => {
    const all = resultOf({ kind: "set", cueIds: ids, focus: false });
    expect(all.range.size).toBe(5);
    expect(selectionReducer(all, select("c")).range.size).toBe(0);
    const open = selectionReducer(all, { kind: "edit", cueId: "c", caret: "start" });
    expect(open).toMatchObject({ cueId: "c", editing: true, caret: "start" });
    expect(open.range.size).toBe(0);
  });

  it("asks for the focus only where a key or an open text needs it", () => {
    expect(resultOf(select("a")).focusRequest).toBe(0);
    const opened = resultOf(select("a"), { kind: "edit", cueId: "a" });
    expect(opened.focusRequest).toBe(1);
    expect(selectionReducer(opened, { kind: "close", focus: true }).focusRequest).toBe(2);
    expect(selectionReducer(opened, { kind: "close", focus: false }).focusRequest).toBe(0);
  });

  it("closes nothing that isn't open", () => {
    const state = resultOf(select("a"));
    expect(selectionReducer(state, { kind: "close", focus: true })).toBe(state);
  });
});

describe("cues that go", () => {
  it("leave the choice to the one in their place", () => {
    expect(resultOf(select("c"), without("c")).cueId).toBe("d");
    expect(resultOf(select("e"), without("e")).cueId).toBe("d");
    expect(resultOf(select("c"), without("c", "d", "e")).cueId).toBe("b");
    expect(resultOf(select("c"), without(...ids)).cueId).toBeNull();
  });

  it("leave the rest of a range chosen", () => {
    const rest = resultOf(select("b"), extend("d"), without("d"));
    expect([rest.cueId, [...rest.range]]).toEqual(["b", ["b", "c"]]);
  });

  it("close the text that was open, and take the focus on only where it was", () => {
    const open = resultOf({ kind: "edit", cueId: "c" });
    expect(selectionReducer(open, without("c"))).toMatchObject({ editing: false, focusRequest: 2 });
    const elsewhere = { ...without("c"), focus: false } as SelectionAction;
    expect(selectionReducer(open, elsewhere).focusRequest).toBe(1);
  });

  it("change nothing when others went", () => {
    const state = resultOf(select("a"));
    expect(selectionReducer(state, without("c"))).toBe(state);
  });
});

describe("chosenIds", () => {
  it("are in the order of the track", () => {
    expect(chosenIds(resultOf(select("d"), toggle("b")), ids)).toEqual(["b", "d"]);
    expect(chosenIds(resultOf(select("d")), ids)).toEqual(["d"]);
    expect(chosenIds(selectionAt(null), ids)).toEqual([]);
  });
});

describe("SelectionStore", () => {
  it("tells its listeners of changes only", () => {
    const store = new SelectionStore("a");
    let told = 0;
    const stop = store.subscribe(() => {
      told += 1;
    });
    store.dispatch({ kind: "close", focus: false });
    expect(told).toBe(0);
    store.dispatch(select("b"));
    expect([told, store.get().cueId]).toEqual([1, "b"]);
    stop();
    store.dispatch(select("c"));
    expect(told).toBe(1);
  });
});
