import type { ConformanceCase } from "@/lib/subtitles/formats/conformance/conformance-case";
import type { CueSettings } from "@/lib/subtitles/model";

/** The settings of a cue as written, and what they mean. */
type Row = readonly [written: string, settings: CueSettings];

const timing = "00:00:00.000 --> 00:00:01.000";

const none = (...written: string[]): Row[] => written.map((text) => [text, {}]);

const align: Row[] = [
  ["", {}],
  ...(["start", "center", "end", "left", "right"] as const).map(
    (value): Row => [`align:${value}`, { align: value }],
  ),
  ["align:start align:end", { align: "end" }],
  ["align:end align:CENTER", { align: "end" }],
  ["align:end align: center", { align: "end" }],
  ["align:end align:", { align: "end" }],
  ["align:end align:middle", { align: "end" }],
  ["align:end align", { align: "end" }],
  [`${"align:end ".repeat(500)}align:center`, { align: "center" }],
];

const zeros = (count: number) => "0".repeat(count);

const line: Row[] = [
  ["line:-1", { line: -1 }],
  ["line:0", { line: 0 }],
  ["line:-0", { line: 0 }],
  ["line:1", { line: 1 }],
  ["line:100", { line: 100 }],
  ["line:101", { line: 101 }],
  ["line:65536", { line: 65_536 }],
  ["line:4294967296", { line: 4_294_967_296 }],
  ["line:18446744073709552000", { line: 18_446_744_073_709_552_000 }],
  [`line:1${zeros(34)}`, { line: 1e34 }],
  ["line:1.5", { line: 1.5 }],
  [`line:17976931348623157${zeros(292)}`, { line: Number.MAX_VALUE }],
  [`line:-17976931348623157${zeros(292)}`, { line: -Number.MAX_VALUE }],
  [`line:0.${zeros(323)}5`, { line: Number.MIN_VALUE }],
  [`line:0.${zeros(324)}1`, { line: 0 }],
  ...none(
    "line:65536%",
    "line:4294967296%",
    "line:18446744073709552000%",
    `line:1${zeros(34)}%`,
    "line:-0%",
    "line:101%",
    "line:1%-",
    "line:1-",
    "line:%1",
    "line:1%%",
    "line:0%0",
    "line: 0%",
    "line:0%x",
    "line:-",
    "line:%",
    "line:1..5",
    "line:.5",
    "line:5.",
    `line:179769313486231590${zeros(291)}`,
    `line:-179769313486231590${zeros(291)}`,
    "line:1e2",
    "line:100%,middle",
    "line:100%,",
  ),
  ["line:0%", { line: 0, lineIsPercent: true }],
  ["line:00%", { line: 0, lineIsPercent: true }],
  ["line:100%", { line: 100, lineIsPercent: true }],
  ["line:100%,start", { line: 100, lineIsPercent: true, lineAlign: "start" }],
  ["line:100%,center", { line: 100, lineIsPercent: true, lineAlign: "center" }],
  ["line:100%,end", { line: 100, lineIsPercent: true, lineAlign: "end" }],
  [`line:0.${zeros(323)}5%`, { line: Number.MIN_VALUE, lineIsPercent: true }],
  [`line:0.${zeros(324)}1%`, { line: 0, lineIsPercent: true }],
];

const multiple: Row[] = [
  [
    "align:start line:1% vertical:lr size:50% position:25%",
    { align: "start", line: 1, lineIsPercent: true, vertical: "lr", size: 50, position: 25 },
  ],
  [
    "align:center line:1 vertical:rl size:0% position:100%",
    { align: "center", line: 1, vertical: "rl", size: 0, position: 100 },
  ],
];

const position: Row[] = [
  ["position:1%", { position: 1 }],
  ["position:100%", { position: 100 }],
  ["position:1% position:x", { position: 1 }],
  ["position:1.5%", { position: 1.5 }],
  ["position:1%,line-left", { position: 1, positionAlign: "line-left" }],
  ["position:1%,center", { position: 1, positionAlign: "center" }],
  ["position:1%,line-right", { position: 1, positionAlign: "line-right" }],
  ["position:1% ,center", { position: 1 }],
  ...none(
    "position:1%,middle",
    "position:1%, center",
    "position:-1%",
    "position:1",
    "position:1x",
    "position:1%x",
    "position:",
    "position: 1%",
    "position:101%",
    "position:65536%",
    "position:4294967296%",
    "position:101%,line-left",
    "position:101%,center",
    "position:101%,line-right",
  ),
];

const size: Row[] = [
  ["", {}],
  ["size:1xx size:2%", { size: 2 }],
  ["size:0%", { size: 0 }],
  ["size:00%", { size: 0 }],
  ["size:50% size:100%", { size: 100 }],
  ["size:50% size:101%", { size: 50 }],
  ["size:1.5%", { size: 1.5 }],
  ...none("size:", "size:x", "size:%", "size:%%", "size:1%%", "size:1%x"),
  ...none("size:101%", "size:-3%", "size:200%"),
];

const vertical: Row[] = [
  ["", {}],
  ["vertical:lr", { vertical: "lr" }],
  ["vertical:rl", { vertical: "rl" }],
  ["vertical:rl vertical:lr", { vertical: "lr" }],
  ...none("vertical:", "vertical:RL", "vertical: rl", "vertical:vertical-rl"),
];

const region: Row[] = [
  ["region:foo", { region: "foo" }],
  ["region:bar", { region: "bar" }],
  ["region:foo region:bar", { region: "bar" }],
  ["region:invalid", {}],
  ["region:invalid region:foo", { region: "foo" }],
  ...none("region:", "region: ", "region: foo", "region :foo"),
];

const settingsCase = (name: string, rows: readonly Row[], before = ""): ConformanceCase => ({
  name,
  format: "vtt",
  input: `WEBVTT\n\n${before}NOTE a comment\n\n${rows
    .map(([written], i) => `${timing} ${written}\ntext${i}`)
    .join("\n\n")}`,
  cues: rows.map(([, settings], i) => ({ text: `text${i}`, settings })),
});

export const settingsCases: ConformanceCase[] = [
  settingsCase("settings-align", align),
  settingsCase("settings-line", line),
  settingsCase("settings-multiple", multiple),
  settingsCase("settings-position", position),
  settingsCase("settings-region", region, "REGION\nid:foo\n\nREGION\nid:bar\n\nREGION\nid:foo\n\n"),
  settingsCase("settings-size", size),
  settingsCase("settings-vertical", vertical),
];
