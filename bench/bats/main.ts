/**
 * Does the policy `bats` behave as BaTS did in the hands of its authors? Their figures, ours over many bags of the same
 * kind, and how much the same figures differ from one such bag to the next: the authors had one of each.
 *
 *     npm run bench:bats [-- --bags 15 --runs 15]
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare, WITHIN, type Compared } from "./compare.js";

const { values } = parseArgs({
  options: { bags: { type: "string", default: "15" }, runs: { type: "string", default: "15" } },
});
const [bags, runs] = [Number(values.bags), Number(values.runs)];

const rows = compare(bags, runs);
const shown = (value: number): string => value.toFixed(Number.isInteger(value) ? 0 : 1);

/** Published figures are rounded to a tenth, or to a whole. */
const ROUNDED = 0.05;

function rowText({ bag, choose, what, published, ours, apart, low, high }: Compared): string {
  const verdict =
    apart <= WITHIN
      ? "yes"
      : published >= low - ROUNDED && published <= high + ROUNDED
        ? "as a single bag may"
        : "no";
  const cells = [
    bag,
    choose,
    what,
    shown(published),
    shown(ours),
    `${shown(low)} to ${shown(high)}`,
    verdict,
  ];
  return `| ${cells.join(" | ")} |`;
}

const table = [
  `| bag | option | figure | published | here | single bags | within ${String(WITHIN)} |`,
  "| --- | --- | --- | --- | --- | --- | --- |",
  ...rows.map(rowText),
].join("\n");
const text = `${String(bags)} bags of each kind, ${String(runs)} runs of each, seeds from 1.\n\n${table}\n`;
process.stdout.write(text);
writeFileSync(join(import.meta.dirname, "results.md"), `# BaTS here and as published\n\n${text}`);
