import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import { CueText } from "./cue-text";

interface Edit {
  operation: EditOperation;
  group: string | undefined;
}

/** A field and a session as far as writing needs them. */
function bench(text = "안녕") {
  let cue: Cue | undefined = { id: "c", startMs: 0, endMs: 1000, text };
  let typed: string | undefined;
  const edits: Edit[] = [];
  const lost: string[] = [];
  const field = {
    value: text,
    selectionStart: text.length,
    selectionEnd: text.length,
    setSelectionRange(start: number | null, end: number | null) {
      field.selectionStart = start ?? 0;
      field.selectionEnd = end ?? 0;
    },
  };
  const session = {
    edit: (operation: EditOperation, options?: { group?: string }) => {
      if (!cue || operation.kind !== "setText") return false;
      edits.push({ operation, group: options?.group });
      cue = { ...cue, text: operation.text };
      return true;
    },
    document: {
      cue: () => cue && { ...cue, text: typed ?? cue.text },
      setTyped: (_: string, next: string | undefined) => {
        typed = next;
      },
    },
  };
  const writing = new CueText({ session, cue, field, onLost: (_, written) => lost.push(written) });
  return {
    ...{ field, writing, edits, lost },
    type: (value: string) => {
      field.value = value;
      field.setSelectionRange(value.length, value.length);
      writing.input();
    },
    fromElsewhere: (value: string) => {
      if (cue) cue = { ...cue, text: value };
      writing.changed();
    },
    remove: () => {
      cue = undefined;
    },
    shown: () => typed ?? cue?.text,
    texts: () => edits.flatMap(({ operation }) => ("text" in operation ? operation.text : [])),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("writing a cue's text", () => {
  it("shows every letter and keeps them after a rest", () => {
    const { type, texts, shown } = bench();
    type("안녕하");
    expect([shown(), texts()]).toEqual(["안녕하", []]);
    vi.advanceTimersByTime(299);
    expect(texts()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(["안녕하"]);
  });

  it("never keeps a syllable that is still composed", () => {
    const { writing, type, texts, shown } = bench();
    writing.compositionStart();
    for (const value of ["안녕ㅎ", "안녕하", "안녕한"]) {
      type(value);
      vi.advanceTimersByTime(5_000);
      writing.commit();
    }
    expect([shown(), texts()]).toEqual(["안녕한", []]);
    writing.compositionEnd();
    expect(texts()).toEqual(["안녕한"]);
  });

  it("keeps what was composed when the field goes away", () => {
    const { writing, type, texts } = bench();
    writing.compositionStart();
    type("안녕ㅎ");
    writing.end();
    expect(texts()).toEqual(["안녕ㅎ"]);
  });

  it("leaves the field as it is typed while tidying what is kept", () => {
    const { field, writing, type, texts } = bench();
    type("안녕  ");
    writing.commit();
    expect([field.value, texts()]).toEqual(["안녕  ", []]);
    type("안녕  하세요 ");
    writing.commit();
    expect([field.value, texts()]).toEqual(["안녕  하세요 ", ["안녕  하세요"]]);
  });

  it("makes a new step after a pause", () => {
    const { type, edits } = bench();
    type("하나");
    vi.advanceTimersByTime(400);
    type("하나 둘");
    vi.advanceTimersByTime(1_500);
    type("하나 둘 셋");
    vi.advanceTimersByTime(400);
    const [first, second, third] = edits.map(({ group }) => group);
    expect(first).toBe(second);
    expect(third).not.toBe(second);
  });

  it("puts back the text with which it was opened, as a step of its own", () => {
    const { writing, type, texts, edits, field } = bench();
    type("다른 글");
    writing.putBack();
    expect(texts()).toEqual(["다른 글", "안녕"]);
    expect(edits[0]?.group).not.toBe(edits[1]?.group);
    writing.changed();
    expect(field.value).toBe("안녕");
  });

  it("puts back nothing over what somebody else has written since", () => {
    const { writing, fromElsewhere, type, texts, field } = bench();
    fromElsewhere("남의 글");
    writing.putBack();
    expect(texts()).toEqual([]);
    type("내 글");
    writing.commit();
    fromElsewhere("다시 남의 글");
    writing.putBack();
    expect([field.value, texts()]).toEqual(["다시 남의 글", ["내 글"]]);
    type("또 내 글");
    writing.putBack();
    expect(texts().at(-1)).toBe("다시 남의 글");
  });
});

describe("texts from elsewhere", () => {
  it("come into a field in which nothing is unsaved", () => {
    const { field, fromElsewhere } = bench();
    field.setSelectionRange(1, 1);
    fromElsewhere("안녕하세요");
    expect([field.value, field.selectionStart]).toEqual(["안녕하세요", 1]);
  });

  it("take a caret at the end along", () => {
    const { field, fromElsewhere } = bench();
    fromElsewhere("안");
    expect(field.selectionStart).toBe(1);
  });

  it("wait while something is composed or unsaved", () => {
    const { field, writing, type, fromElsewhere } = bench();
    writing.compositionStart();
    type("안녕ㅎ");
    fromElsewhere("남의 글");
    expect(field.value).toBe("안녕ㅎ");
    writing.compositionEnd();
    expect(field.value).toBe("안녕ㅎ");
  });

  it("that take the cue away lose nothing of what was written", () => {
    const { writing, type, remove, lost } = bench();
    type("긴 글");
    remove();
    writing.end();
    expect(lost).toEqual(["긴 글"]);
  });
});
