/** How long to wait before calling the master again? At first hardly, then longer, and never all agents at once. */

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** @param failures calls in a row that came to nothing, from 1  @param chance from 0 up to 1 */
export const retryAfterMs = (failures: number, chance: number): number =>
  Math.round(chance * Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)));
