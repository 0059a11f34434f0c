/**
 * When all tasks are done: what they printed becomes one CSV file, and that one picture. `node gather.mjs` does it
 * by hand, after a run that was interrupted and resumed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { COLUMNS } from "./percolation.mjs";
import { plotOf } from "./plot.mjs";

const HERE = import.meta.dirname;
export const STINT = join(HERE, "../../packages/master/bin/stint.js");
export const TABLE = join(HERE, "out/percolation.csv");
export const PICTURE = join(HERE, "out/percolation.svg");

/** What every task of the latest run printed, in the order of the bag. */
const printed = () =>
  execFileSync(process.execPath, [STINT, "logs", "--all", "--stdout"], {
    cwd: HERE,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

export function gather() {
  const table = `${COLUMNS.join(",")}\n${printed()}`;
  mkdirSync(dirname(TABLE), { recursive: true });
  writeFileSync(TABLE, table);
  writeFileSync(PICTURE, plotOf(rowsOf(table)));
}

/** Rows by the names of the first line; no cell of this table has a comma or a quote in it. */
export function rowsOf(table) {
  const [head, ...lines] = table.trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [names[at], cell])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) gather();
