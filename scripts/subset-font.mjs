/**
 * Makes app/fonts/pretendard-core.woff2: the letters that the product's own texts use, and the most
 * frequent Hangul besides, in one file small enough to be preloaded. Without it the first view
 * would fetch some twenty slices of the font, 500 kB. What isn't in it comes slice by slice.
 * Run by `npm run fonts` after texts have changed; a test says when.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const family = path.join(root, "node_modules/pretendard/dist/web/variable");
const target = path.join(root, "app/fonts");

/** Pretendard's slices are sorted by how often Korean uses their letters: 91 is Latin, 90 next. */
const frequentSlices = [91, 90, 89, 88, 87, 86];

/** Every letter that a person may read in the product's own texts. */
function ownText() {
  const messages = path.join(root, "messages");
  const files = readdirSync(messages, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.join(messages, file));
  return [...files, path.join(root, "lib/errors.ts")]
    .map((file) => readFileSync(file, "utf8"))
    .join("");
}

function sliceLetters(slice) {
  const css = readFileSync(path.join(family, "pretendardvariable-dynamic-subset.css"), "utf8");
  const rule = css.match(new RegExp(`subset\\.${slice}\\.woff2[^}]*?unicode-range: ([^;]+);`));
  if (!rule) throw new Error(`Pretendard has no slice ${slice}`);
  return rule[1].split(",").flatMap((range) => {
    const [first, last] = range.trim().slice(2).split("-");
    const start = Number.parseInt(first, 16);
    const end = Number.parseInt(last ?? first, 16);
    return Array.from({ length: end - start + 1 }, (_, index) => start + index);
  });
}

/** Code points as CSS writes them: `U+20-7e, U+ac00`. */
function unicodeRange(points) {
  const ranges = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  const hex = (value) => value.toString(16);
  return ranges
    .map(([start, end]) => (start === end ? `U+${hex(start)}` : `U+${hex(start)}-${hex(end)}`))
    .join(", ");
}

const own = [...ownText()].map((letter) => letter.codePointAt(0));
const points = [...new Set([...own, ...frequentSlices.flatMap(sliceLetters)])]
  .filter((point) => point >= 0x20)
  .sort((a, b) => a - b);

const source = readFileSync(path.join(family, "woff2/PretendardVariable.woff2"));
const font = await subsetFont(source, String.fromCodePoint(...points), {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 400, max: 700 } },
});

writeFileSync(path.join(target, "pretendard-core.woff2"), font);
writeFileSync(
  path.join(target, "pretendard-core.ts"),
  `// Written by scripts/subset-font.mjs.
import localFont from "next/font/local";

/** The letters of our own texts, preloaded; all others come from Pretendard's slices. */
export const pretendardCore = localFont({
  src: "./pretendard-core.woff2",
  weight: "400 700",
  display: "swap",
  variable: "--font-core",
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "${unicodeRange(points)}",
    },
  ],
});
`,
);
process.stdout.write(`${points.length} letters, ${Math.round(font.length / 1000)} kB\n`);
