/** Which tasks are copied in the tail: a table of an original that has run for so long, and of who falls idle. */
import { expect, test } from "vitest";
import type { Run } from "@stint/master/planner/run-state.js";
import { applyEvent } from "@stint/master/planner/apply.js";
import { beginTail, copyStarts } from "@stint/master/planner/tail/copies.js";
import { minutes, NO_TIME } from "@stint/shared/units.js";
import { begun, cluster, DOLLAR_AN_HOUR, order, passed, rented, seconds, seen, toldRun } from "./told-run.js";

const free = { ...DOLLAR_AN_HOUR, price: 0 as typeof DOLLAR_AN_HOUR.price, minimum: NO_TIME };

/** Tasks take 20 s to 1000 s on `here`; those of `there` take as many times less as it is faster. */
function original(hasRun: number, faster: number): { run: Run; source: ReturnType<typeof rented> } {
  const run = toldRun({
    clusters: [cluster("here", { tariff: free }), cluster("there", { tariff: free })],
    tasks: 1,
  });
  const runtimes = [20, 30, 40, 50, 60, 80, 100, 200, 500, 1000];
  seen(run, 0, ...runtimes);
  seen(run, 1, ...runtimes.map((runtime) => runtime / faster));
  const source = rented(run, 0, { lease: minutes(120) });
  begun(run, source, 0);
  rented(run, 1, { lease: minutes(120) });
  passed(run, seconds(hasRun));
  return { run, source };
}

function copies(run: Run): number {
  const begins = beginTail(run);
  if (begins !== undefined) order(run, begins);
  let copied = 0;
  for (const start of copyStarts(run)) {
    order(run, start);
    copied += start.starts.length;
  }
  return copied;
}

test.each([
  ["is not copied to a machine that is no faster: it is just long", 300, 1, 0],
  ["is copied to one that ends it sooner, from its beginning", 150, 10, 1],
])("a task that runs longer than most %s", (_, hasRun, faster, expected) => {
  expect(copies(original(hasRun, faster).run)).toBe(expected);
});

test("a task of a machine that has not been heard from is copied to whoever is there", () => {
  const { run, source } = original(300, 1);
  applyEvent(run, { kind: "machine-silent", machine: source, at: run.at, since: run.at });
  expect(copies(run)).toBe(1);
});
