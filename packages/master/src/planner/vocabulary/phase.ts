/**
 * Where a run stands.
 *
 *   sampling ──► choosing ──► running ──► ended
 *      │            │            │
 *      └────────────┴────────────┴──► stopping ──► ended
 *
 * A resumed run leaves `stopping` or `ended` for the phase it was in. The tail is not a phase of its own: it
 * is the end of `running`, and the room `tail` knows when it began.
 */
export type Phase = "sampling" | "choosing" | "running" | "stopping" | "ended";

/** How a run ended, in the words of summary.json. */
export type EndState = "done" | "failed-tasks" | "budget-too-low" | "stopped" | "needs-choice";
