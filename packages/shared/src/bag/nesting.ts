/** How deep are the lists and objects of a value? What is deeper than anyone writes would end the stack of whoever reads it. */

export const NESTING_MOST = 100;

/** Goes no deeper than `levels` itself. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(one, levels - 1));
}
