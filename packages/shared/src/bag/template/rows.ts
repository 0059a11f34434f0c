/** Every combination of what a template is given, one after the other; the last list varies fastest. None but the lists is held. */
import type { Row } from "./braces.js";

/** @param inner for each row of `outer`, one row of each, in every combination */
export async function* product(
  outer: AsyncIterable<Row> | Iterable<Row>,
  inner: readonly (readonly Row[])[],
): AsyncGenerator<Row> {
  if (inner.some((rows) => rows.length === 0)) return;
  for await (const beginning of outer) {
    const at = inner.map(() => 0);
    do yield [...beginning, ...inner.flatMap((rows, list) => rows[at[list] ?? 0] ?? [])];
    while (turn(at, inner));
  }
}

/** To the next combination, like a counter whose last digit turns first; false after the last. */
function turn(at: number[], inner: readonly (readonly Row[])[]): boolean {
  for (let list = at.length - 1; list >= 0; list -= 1) {
    const next = (at[list] ?? 0) + 1;
    at[list] = next % (inner[list]?.length ?? 1);
    if (at[list] !== 0) return true;
  }
  return false;
}

/** Lists side by side, as long as the shortest. */
export function sideBySide(columns: readonly (readonly string[])[]): Row[] {
  const length = Math.min(...columns.map((column) => column.length));
  return Array.from({ length }, (_, index) => columns.map((column) => column[index] ?? ""));
}
