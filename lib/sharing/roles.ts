/** What somebody may do with a video that isn't theirs. */
export const sharedRoles = ["viewer", "editor"] as const;
export type SharedRole = (typeof sharedRoles)[number];

/** What somebody may do with a video. `owner` alone orders, shares and deletes. */
export type VideoRole = SharedRole | "owner";

const rank: Record<VideoRole, number> = { viewer: 0, editor: 1, owner: 2 };

/** Whether a role allows what takes `need`. */
export function allows(role: VideoRole, need: VideoRole): boolean {
  return rank[role] >= rank[need];
}
