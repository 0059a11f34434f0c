/** Counts, shares and lists of machines as a person reads them. */
import { formatCount, formatShare } from "@stint/shared/format.js";

export const count = (of: number): string => formatCount(of);
export const share = (of: number): string => formatShare(of);
export const counted = (of: number, one: string, many = `${one}s`): string =>
  `${count(of)} ${of === 1 ? one : many}`;

/** `2 small + 1 large`; clusters without a machine are left out. */
export function machinesIn(machines: Readonly<Record<string, number>>): string {
  const parts = Object.entries(machines).filter(([, of]) => of > 0);
  return parts.length === 0 ? "no machine" : parts.map(([name, of]) => `${count(of)} ${name}`).join(" + ");
}
