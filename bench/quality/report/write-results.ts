/** Writes the report of the standard set into a folder: for people, for programs, and as pictures. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunFigures } from "../run-figures.js";
import type { World } from "../worlds/world.js";
import { COMPARED_SEEDS } from "../standard-set.js";
import { linesOf } from "./lines.js";
import { markdown } from "./markdown.js";
import { makespansPlot, promisesPlot } from "./plots.js";
import { verdicts } from "./table-of-promises.js";
import type { Verdict } from "./verdict.js";

export interface Results {
  readonly runs: readonly RunFigures[];
  readonly worlds: readonly World[];
  readonly seeds: readonly number[];
  readonly seconds: number;
}

export function writeResults(folder: string, { runs, worlds, seeds, seconds }: Results): Verdict[] {
  const lines = linesOf(runs);
  const evidence = { runs, lines, worlds: new Map(worlds.map((world) => [world.name, world])) };
  const judged = verdicts(evidence);
  const range = `${String(seeds[0])} to ${String(seeds.at(-1))}`;
  const head = [
    `${String(worlds.length)} worlds, seeds ${range}, ${String(runs.length)} runs in ${(seconds / 60).toFixed(1)} minutes.`,
    ...(seeds.length > COMPARED_SEEDS
      ? [`Policies to compare with run under the first ${String(COMPARED_SEEDS)} of these seeds.`]
      : []),
    "Ratios are medians over the seeds under which both complete; `bound` is what no schedule can beat.",
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "README.md"), markdown(evidence, judged, head));
  writeFileSync(join(folder, "makespans.svg"), makespansPlot(lines));
  writeFileSync(join(folder, "promises.svg"), promisesPlot(runs));
  const document = { schema: 1, seeds, verdicts: judged, lines: lines.map(rounded) };
  writeFileSync(
    join(folder, "results.json"),
    `${JSON.stringify(document)}\n`.replaceAll('{"world"', '\n{"world"'),
  );
  return judged;
}

/** Four digits tell more than seeds do. */
const rounded = (line: object): unknown =>
  JSON.parse(JSON.stringify(line), (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value,
  );
