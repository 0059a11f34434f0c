/** The kinds of money that bought no result, in the order in which a receipt lists them. */
export const WASTE_KINDS = ["boot", "idle", "spare", "failed", "cancelled", "lost", "rounding"] as const;
export type WasteKind = (typeof WASTE_KINDS)[number];
