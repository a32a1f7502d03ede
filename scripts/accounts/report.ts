import type { Orphan } from "@/lib/accounts/orphans";

const meanings: Record<Orphan["reason"], string> = {
  owner_missing: "its account was never there",
  owner_erased: "its account has been erased",
  video_missing: "its video isn't in the database",
  video_deleted: "its video has been deleted",
  media_deleted: "the files of its video should be gone",
  render_over: "a video to take home is kept for a week",
  photo_replaced: "it is no longer its account's picture",
  name_unknown: "its name belongs to nothing",
  account_erased: "an account that has been erased or was never there",
  parent_missing: "something that isn't there",
  erasure_overdue: "should have been erased by now",
  personal_data_left: "has been erased, but its row still tells who it was",
};

/** What the command prints: a line for each orphan, and how many there are. */
export function describeOrphans(orphans: readonly Orphan[]): string {
  return [`Orphans: ${orphans.length}`, ...orphans.map(describeOrphan)].join("\n");
}

function describeOrphan(orphan: Orphan): string {
  const meaning = meanings[orphan.reason];
  switch (orphan.kind) {
    case "object":
      return `  object ${orphan.pathname}: ${meaning}`;
    case "row":
      return `  ${orphan.rows} row(s) of ${orphan.table}: ${orphan.column} ${orphan.value} is ${meaning}`;
    case "account":
      return `  account ${orphan.userId}: ${meaning}`;
  }
}
