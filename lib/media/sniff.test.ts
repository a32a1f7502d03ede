import { describe, expect, test } from "vitest";
import { sniffContainer } from "./sniff";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

const box = (brand: string) => bytes([0, 0, 0, 24], "ftyp", brand, [0, 0, 0, 0], "isommp42");
const ebml = (docType: string) =>
  bytes(
    [0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1],
    [0x42, 0x82, 0x80 + docType.length],
    docType,
    Array(20).fill(0),
  );

describe("sniffContainer", () => {
  test.each([
    ["MP4 of the web", box("isom"), "mp4"],
    ["MP4 of a Mac", box("M4V "), "mp4"],
    ["phone video", box("3gp5"), "mp4"],
    ["QuickTime", box("qt  "), "mov"],
    ["QuickTime before ftyp", bytes([0, 0, 0, 8], "wide", [0, 0, 1, 0], "mdat"), "mov"],
    ["QuickTime before ftyp, large data", bytes([0x40, 0, 0, 0], "mdat", Array(8).fill(0)), "mov"],
    ["AVI", bytes("RIFF", [1, 2, 3, 4], "AVI LIST"), "avi"],
    ["WEBM", ebml("webm"), "webm"],
  ] as const)("knows %s", (_, head, container) => {
    expect(sniffContainer(head)).toBe(container);
  });

  test.each([
    ["nothing", bytes()],
    ["a few bytes", bytes("ftyp")],
    ["Matroska", ebml("matroska")],
    ["a playlist", bytes("#EXTM3U\n#EXT-X-TARGETDURATION:10\n")],
    ["a concat script", bytes("ffconcat version 1.0\nfile x.mp4\n")],
    ["a photo of a phone", box("heic")],
    ["an AVIF picture", box("avif")],
    ["a raw photo", box("crx ")],
    ["WAV", bytes("RIFF", [1, 2, 3, 4], "WAVEfmt ")],
    ["WEBP", bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
    ["JPEG", bytes([0xff, 0xd8, 0xff, 0xe0], "....JFIF......")],
    ["prose with a box's name", bytes("The free world, and more of it")],
    ["HTML", bytes("<!doctype html><html>")],
  ])("refuses %s", (_, head) => {
    expect(sniffContainer(head)).toBeUndefined();
  });

  test("a view into a larger buffer is read at its own place", () => {
    const whole = bytes("........", [...bytes([0, 0, 0, 8], "wide", [0, 0, 1, 0], "mdat")]);
    expect(sniffContainer(whole.subarray(8))).toBe("mov");
  });
});
