/** How many machines there were from each instant on, and how many are paid for from now on: as steps of a line. */
type Step = readonly [at: number, machines: number];

/** Rows where the number changes; the last reaches until now. */
export function pastSteps(at: readonly number[], machines: readonly number[], now: number): Step[] {
  const steps: Step[] = [];
  for (const [row, of] of machines.entries()) {
    const since = at[row];
    if (since !== undefined && steps.at(-1)?.[1] !== of) steps.push([since, of]);
  }
  const last = steps.at(-1);
  return last === undefined ? [] : [...steps, [now, last[1]]];
}

/** Each machine leaves the line where its money ends. */
export function paidSteps(paidUntil: readonly number[], now: number): Step[] {
  const ends = paidUntil.filter((until) => until > now).sort((a, b) => a - b);
  return [[now, ends.length], ...ends.map((until, gone): Step => [until, ends.length - gone - 1])];
}

export function areaPath(steps: readonly Step[], { x, y, floor }: Scale): string {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return "";
  const up = steps.map(([at, of], place) => {
    const before = steps[place - 1]?.[1];
    return before === undefined || before === of
      ? `L${x(at).toFixed(1)} ${y(of).toFixed(1)}`
      : `L${x(at).toFixed(1)} ${y(before).toFixed(1)}L${x(at).toFixed(1)} ${y(of).toFixed(1)}`;
  });
  return `M${x(first[0]).toFixed(1)} ${floor}${up.join("")}L${x(last[0]).toFixed(1)} ${floor}Z`;
}

interface Scale {
  readonly x: (at: number) => number;
  readonly y: (machines: number) => number;
  readonly floor: number;
}
