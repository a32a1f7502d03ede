import { describe, expect, it } from "vitest";
import { decodeText } from "./read-text-file";

describe("the text of a file", () => {
  it.each([
    ["UTF-8", [0xeb, 0x9e, 0x98], "래"],
    ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, 0x61], "a"],
    ["UTF-16, as Excel copies it", [0xff, 0xfe, 0x98, 0xb7], "래"],
    ["UTF-16 the other way round", [0xfe, 0xff, 0xb7, 0x98], "래"],
    ["the Korean code page", [0xb7, 0xa1, 0xc7, 0xc1, 0xc6, 0xae], "래프트"],
    ["nothing", [], ""],
  ])("%s", (_, bytes, text) => {
    expect(decodeText(new Uint8Array(bytes))).toBe(text);
  });

  it.each([
    ["a picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0xff]],
    ["half a character", [0xff, 0xfe, 0x98]],
    ["NUL", [0x61, 0x00, 0x62]],
  ])("%s is none", (_, bytes) => {
    expect(decodeText(new Uint8Array(bytes))).toBeUndefined();
  });
});
