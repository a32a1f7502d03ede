import type { Locale } from "@/lib/accounts/schema";
import { targetName } from "@/lib/translation/targets";

/** Languages (BCP 47) in a sentence: "Japanese and Spanish". */
export function targetNames(codes: readonly string[], locale: Locale): string {
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return list.format(codes.map((code) => targetName(code, locale)));
}
