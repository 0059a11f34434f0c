/**
 * Are the table and the picture right? Computes every row once more, directly, and looks at the picture's points and
 * at what the sweep was made to find. `node check.mjs` does it by hand; exit code 1 when something is wrong.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PICTURE, TABLE, rowsOf } from "./gather.mjs";
import { COLUMNS, rowOf } from "./percolation.mjs";

/** As sweep.yaml has them; the last varies fastest. */
const DENSITIES = "0.50 0.53 0.55 0.56 0.57 0.58 0.59 0.60 0.61 0.63 0.65 0.68".split(" ");
const SIZES = [16, 40, 120];
const SEEDS = [1, 2, 3];

export function faults() {
  const table = readFileSync(TABLE, "utf8");
  return [...tableFaults(table), ...findingFaults(rowsOf(table)), ...pictureFaults()];
}

function tableFaults(table) {
  const rows = DENSITIES.flatMap((density) =>
    SIZES.flatMap((size) => SEEDS.map((seed) => rowOf(density, size, seed))),
  );
  const expected = [COLUMNS.join(","), ...rows];
  const found = table.trimEnd().split("\n");
  if (found.length !== expected.length) return [`${found.length} lines in the table, not ${expected.length}`];
  return expected.flatMap((line, at) =>
    found[at] === line ? [] : [`line ${at + 1} says ${found[at]}, not ${line}`],
  );
}

/** A large square is sure below and above the threshold, and hesitates less than a small one. */
function findingFaults(rows) {
  const share = (density, size) => {
    const those = rows.filter((row) => row.density === density && Number(row.size) === size);
    return those.reduce((sum, row) => sum + row.through / row.trials, 0) / those.length;
  };
  return [
    ...(share("0.53", 120) > 0.01 ? ["water comes through large squares at 0.53"] : []),
    ...(share("0.65", 120) < 0.99 ? ["water does not come through large squares at 0.65"] : []),
    ...(share("0.55", 16) < share("0.55", 120) ? ["small squares are surer than large ones at 0.55"] : []),
  ];
}

function pictureFaults() {
  const picture = readFileSync(PICTURE, "utf8");
  const count = (tag) => picture.split(`<${tag} `).length - 1;
  const [curves, points] = [count("polyline"), count("circle")];
  return curves === SIZES.length && points === SIZES.length * DENSITIES.length
    ? []
    : [`${curves} curves and ${points} points in the picture`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = faults();
  process.stdout.write(
    found.length === 0 ? "the table and the picture are right\n" : `${found.join("\n")}\n`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}
