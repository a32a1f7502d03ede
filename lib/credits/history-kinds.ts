/** What a person can have the history show alone. */
export const historyKinds = ["charge", "use", "refund", "expiry"] as const;
export type HistoryKind = (typeof historyKinds)[number];
