/** How long to wait before the next try to connect: longer each time, and never all pages at once. */
const FIRST_MS = 400;
const MOST_MS = 15_000;

/** @param chance from 0 to below 1 */
export function waitBefore(tries: number, chance: number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return Math.round(most / 2 + (most / 2) * chance);
}
