import "server-only";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The one font that is certain to be there, in what libass needs of it. */
const shipped = ["Pretendard-Regular.otf", "Pretendard-Bold.otf"];

/** Where the font's files lie on this machine. */
export function fontFile(name: string): string {
  const fromHere = createRequire(path.join(process.cwd(), "package.json"));
  const home = path.dirname(fromHere.resolve("pretendard/package.json"));
  return path.join(/* turbopackIgnore: true */ home, "dist/public/static", name);
}

/** Puts the fonts that libass shall know into a folder. Answers the folder. */
export async function putFonts(folder: string): Promise<string> {
  const fonts = path.join(folder, "fonts");
  await mkdir(fonts);
  for (const name of shipped) await copyFile(fontFile(name), path.join(fonts, name));
  return fonts;
}
