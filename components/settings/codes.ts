/** A secret in groups of four, as people read and type it. */
export function groupInFours(secret: string): string {
  return secret.match(/.{1,4}/gu)?.join(" ") ?? "";
}

/** What the file of recovery codes says; a line a code, so that it can be printed. */
export function recoveryCodesText(file: {
  title: string;
  note: string;
  /** Whose codes they are. */
  account: string;
  /** Day on which they were made, in the reader's words. */
  date: string;
  codes: readonly string[];
}): string {
  const { title, note, account, date, codes } = file;
  return [title, account, date, "", ...codes, "", note, ""].join("\r\n");
}
