import { describe, expect, it } from "vitest";
import { decodeSubtitleBytes, detectFormat, readableFormats, readSubtitles } from ".";

const many = 200_000;

/** Inputs on which a careless reader is slow, deep or wrong. */
const hostile: [string, string][] = [
  ["nothing but <", "<".repeat(many)],
  ["nothing but <a", "<a".repeat(many)],
  ["nothing but <!", "<!".repeat(many)],
  ["nothing but <!--", "<!--".repeat(many)],
  ["nothing but <![CDATA[", "<![CDATA[".repeat(many / 2)],
  ["nothing but <?", "<?".repeat(many)],
  ["nested elements", `<tt><body><div>${"<p><span>".repeat(many / 2)}`],
  ["nested and closed", `<tt>${"<b>".repeat(many)}${"</b>".repeat(many)}`],
  ["closing tags without any", `<SAMI>${"</p></b>".repeat(many / 2)}`],
  ["quotes that don't end", `<tt>${"<p a=\"'".repeat(many / 4)}`],
  ["one attribute after another", `<tt ${'a="b" '.repeat(many)}>`],
  ["attributes of spaces", `<p ${" ".repeat(many)}begin${" ".repeat(many)}>`],
  ["one line", "가".repeat(many * 5)],
  ["spaces", " ".repeat(many * 5)],
  ["line ends", "\n".repeat(many * 5)],
  ["spaces in lines", " \n".repeat(many)],
  ["NUL", "\0".repeat(many)],
  ["digits", "1".repeat(many)],
  ["digits in lines", "1\n".repeat(many)],
  ["digits and colons", "1:".repeat(many)],
  ["half times", "00:00:01,000 --".repeat(many / 4)],
  ["arrows", "-->".repeat(many)],
  ["arrows in lines", "-->\n".repeat(many)],
  ["times and arrows without line ends", "00:00:01,000 --> 00:00:02,000 ".repeat(many / 8)],
  ["brackets", "[".repeat(many)],
  ["brackets with times", "[0:01".repeat(many)],
  ["braces", "{\\".repeat(many)],
  ["braces of JSON", '{"format":"ax2-caption","cues":'.repeat(1000) + "[".repeat(many)],
  ["references", "&".repeat(many)],
  ["numeric references", `<SAMI><SYNC Start=1><P>${"&#".repeat(many)}`],
  ["entities that would grow", bomb()],
  ["a file that would be fetched", fetched()],
  ["U+2060", "\u2060".repeat(many)],
  ["guarded times", "\u20600:00:01.000,0:00:02.000\n".repeat(many / 20)],
  ["SYNC after SYNC", "<SYNC Start=1>".repeat(many / 4)],
  ["SYNC at one time", "<SYNC Start=1><P Class=A>가".repeat(20_000)],
  ["empty classes", `<STYLE>${".A {".repeat(many)}`],
  ["settings", `WEBVTT\n\n00:01.000 --> 00:02.000 ${"line:".repeat(many)}`],
];

function bomb(): string {
  const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`);
  return `<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY e0 "lol">${entities.join("")}]><tt><body><div><p begin="1s" end="2s">&e20;</p></div></body></tt>`;
}

function fetched(): string {
  return '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">a&x;b</p></div></body></tt>';
}

function seconds(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1e6;
}

describe.each(hostile)("%s", (_, text) => {
  it("is read as any format, or not, in time", () => {
    for (const format of readableFormats) {
      const spent = seconds(() => readSubtitles({ text, format }));
      expect(`${format} ${spent > 2 ? `${spent.toFixed(1)} s` : "in time"}`).toBe(
        `${format} in time`,
      );
    }
    expect(seconds(() => detectFormat(text))).toBeLessThan(1);
    const bytes = new TextEncoder().encode(text);
    expect(seconds(() => decodeSubtitleBytes(bytes))).toBeLessThan(2);
  });
});

describe("what a document declares", () => {
  it("is neither resolved nor fetched", () => {
    const { document } = readSubtitles({ text: fetched(), format: "ttml" });
    expect(document.cues.map((cue) => cue.text)).toEqual(["a&x;b"]);
    expect(readSubtitles({ text: bomb() }).document.cues.map((cue) => cue.text)).toEqual(["&e20;"]);
  });

  it("cannot reach into objects", () => {
    const text =
      '{"format":"ax2-caption","version":1,"__proto__":{"x":1},"cues":[{"id":"__proto__","startMs":0,"endMs":1,"text":"가","__proto__":{"speaker":"x"}}]}';
    const { document } = readSubtitles({ text });
    expect(document.cues).toEqual([{ id: "__proto__", startMs: 0, endMs: 1, text: "가" }]);
    expect(Object.getPrototypeOf(document.cues[0])).toBe(Object.prototype);
  });
});

describe("long files", () => {
  it("are read in a time that grows with their length", () => {
    const block = (i: number) => `<p begin="${i}s" end="${i + 1}s"><span>가 ${i}</span></p>\n`;
    const file = (count: number) =>
      `<tt><body><div>${Array.from({ length: count }, (_, i) => block(i)).join("")}</div></body></tt>`;
    const { document } = readSubtitles({ text: file(50_000), format: "ttml" });
    expect(document.cues).toHaveLength(50_000);
    expect(seconds(() => readSubtitles({ text: file(50_000), format: "ttml" }))).toBeLessThan(5);
  });
});
