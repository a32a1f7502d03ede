/** Where an order stands. */
export const renderStatuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const;
export type RenderStatus = (typeof renderStatuses)[number];

/** Waits, or is at work. */
export const isOpen = (status: RenderStatus) => status === "pending" || status === "processing";
