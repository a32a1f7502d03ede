import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanFileName, titleFromFileName } from "./file-name";
import { fileNameSchema } from "./schema";

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("a file's name", () => {
  it.each([
    ["../../etc/passwd.mp4", "passwd.mp4"],
    ["C:\\videos\\회의.mp4", "회의.mp4"],
    ["회의.mp4".normalize("NFD"), "회의.mp4"],
    ["evil\u202e4pm.exe", "evil4pm.exe"],
    ["a\u0000b\nc.mp4", "abc.mp4"],
    ["  talk.mov ", "talk.mov"],
    ['quo"te.mp4', 'quo"te.mp4'],
    ["🎬.webm", "🎬.webm"],
  ])("%j becomes %j", (given, expected) => {
    expect(cleanFileName(given)).toBe(expected);
  });

  it("fits into 255 bytes, whole characters and the extension kept", () => {
    const long = cleanFileName(`${"가".repeat(300)}.mp4`);
    expect(bytes(long)).toBeLessThanOrEqual(255);
    expect(long).toMatch(/^가+\.mp4$/);
    expect(bytes(cleanFileName(`${"😀".repeat(100)}.webm`))).toBeLessThanOrEqual(255);
  });

  it("is safe whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = cleanFileName(given);
        expect(bytes(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Bidi_Control}]/u);
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });

  it.each(["", "/", "   ", "\u202e"])("%j is refused", (name) => {
    expect(fileNameSchema.safeParse(name).success).toBe(false);
  });

  it.each([
    ["회의 녹화.mp4", "회의 녹화"],
    ["v1.2 final.mov", "v1.2 final"],
    [".mp4", ".mp4"],
  ])("%j gives the title %j", (name, title) => {
    expect(titleFromFileName(name)).toBe(title);
  });
});
