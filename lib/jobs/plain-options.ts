import type { JobOptions } from "./options";

/**
 * All defaults: recognition alone, by the rules of the language. Written out, as the browser
 * orders with it and `jobOptions` would bring its parser along.
 */
export const plainOptions: JobOptions = {
  targets: [],
  allowedLanguages: [],
  speakers: "off",
  profile: "netflix",
  glossary: true,
  hints: [],
  corrections: [],
  quality: "standard",
  formality: "default",
};
