import { accessSync, constants } from "node:fs";
import path from "node:path";
import { aptInstall, canUseApt } from "./apt.mjs";

/**
 * Where a program lies on the path.
 * @param {string} name
 * @param {string} [searchPath]
 * @returns {string | undefined}
 */
export function findProgram(name, searchPath = process.env.PATH ?? "") {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Sees to it that ffmpeg is there: the person's, the system's, or, as root on Debian, the system's
 * after an install. Otherwise the product falls back to the packaged one by itself.
 * @param {object} options
 * @param {import("./environment.mjs").Environment} options.env
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 */
export async function ensureFfmpeg({ env, household, log, logDir }) {
  const present = () =>
    Boolean(
      (env.FFMPEG_PATH && env.FFPROBE_PATH) || (findProgram("ffmpeg") && findProgram("ffprobe")),
    );
  if (present()) return;
  if (canUseApt()) {
    try {
      await log.step("Installing ffmpeg", () => aptInstall(["ffmpeg"], { household, logDir }));
      if (present()) return;
    } catch (error) {
      log.say(`! ${error instanceof Error ? error.message : error}`);
    }
  }
  log.say(
    "! ffmpeg was not found; an old packaged build stands in. Install ffmpeg for speed and for all formats.",
  );
}

/** Names under which Chromium goes, ours first: Debian's. */
const browserNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser that the tests drive.
 * @param {import("./environment.mjs").Environment} [env]
 */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  return browserNames.map((name) => findProgram(name)).find((found) => found !== undefined);
}

/** What the tests need beside the product's own programs: Debian package and how it shows. */
const testPackages = [
  { name: "chromium", isPresent: () => findBrowser() !== undefined },
  { name: "ffmpeg", isPresent: () => Boolean(findProgram("ffmpeg") && findProgram("ffprobe")) },
  {
    name: "pocketsphinx-testdata",
    isPresent: () => isReadable("/usr/share/pocketsphinx/test/data"),
  },
  {
    name: "fonts-noto-cjk",
    isPresent: () => isReadable("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
  },
];

/** @param {string} file */
function isReadable(file) {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs what the tests need and this machine lacks.
 * @param {object} options
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 * @throws {Error} naming what is missing where it can't be installed
 */
export async function ensureTestPrograms({ household, log, logDir }) {
  const missing = testPackages.filter((item) => !item.isPresent()).map((item) => item.name);
  if (missing.length === 0) return;
  if (!canUseApt()) {
    throw new Error(
      `The tests need ${missing.join(", ")} (names of Debian packages). Install them, or run the tests as root on Debian. CHROMIUM_PATH names another Chromium.`,
    );
  }
  await log.step(`Installing ${missing.join(", ")}`, () =>
    aptInstall(missing, { household, logDir }),
  );
}
