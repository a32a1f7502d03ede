import type { EditOperation } from "@/lib/subtitles/operations";

export interface RemadeEdit {
  clientOpId: string;
  operation: EditOperation;
  inverse?: EditOperation;
}

/** What becomes of edits that somebody may want to take back later. */
export interface EditFates {
  /** Given up: as if they had never been made. */
  dropped(clientOpIds: readonly string[]): void;
  /**
   * Made again as these: in parts, or on top of what somebody else did. `inverse` where it isn't
   * simply that part of the old one.
   */
  remade(clientOpId: string, edits: readonly RemadeEdit[]): void;
  /** The whole track was replaced. */
  replaced(): void;
}
