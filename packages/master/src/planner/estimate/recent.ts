/** What is remembered of one cluster in the order of time: its last runtimes, and how far it was at each review. */

/** As many as are remembered. */
const MOST = 256;

export interface Recent {
  count: number;
  readonly seconds: Float64Array;
}

export const newRecent = (): Recent => ({ count: 0, seconds: new Float64Array(MOST) });

export function addRecent(recent: Recent, seconds: number): void {
  recent.seconds[recent.count % MOST] = seconds;
  recent.count += 1;
}

/** The last so many runtimes in seconds, or as many as are remembered. */
export function lastOf({ count, seconds }: Recent, wanted: number): number[] {
  const taken = Math.min(wanted, count, MOST);
  return Array.from({ length: taken }, (_, back) => seconds[(count - 1 - back) % MOST] ?? 0);
}

/** Where a cluster stood at a look. */
export interface Look {
  /** Slots that it had. */
  readonly slots: number;
  /** Results so far, the seconds that they took, and the sum of the logarithms of these. */
  readonly ended: number;
  readonly took: number;
  readonly logs: number;
}
