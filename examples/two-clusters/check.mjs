/**
 * Is a finished run of this example right? Compares the output of every task with what its line says, the
 * money of the summary with that of the machines, and the cheapest offer with the fastest.
 * `node check.mjs [RUN]` does it by hand; exit code 1 when something is wrong.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = import.meta.dirname;

/** What the offers of two so unlike clusters must show: time and money clearly apart. */
const FASTEST_TIME_MOST = 0.7;
const FASTEST_COST_LEAST = 1.2;

export function faultsOf(run) {
  const summary = JSON.parse(readFileSync(join(run, "summary.json"), "utf8"));
  return [...outputFaults(run), ...moneyFaults(run, summary), ...offerFaults(summary)];
}

function outputFaults(run) {
  const lines = readFileSync(join(HERE, "bag.txt"), "utf8").split("\n");
  const expected = lines.filter((line) => line.startsWith("sleep"));
  const kept = new Map();
  for (const row of table(join(run, "joblog.tsv"), "\t")) {
    if (row.Outcome === "done") kept.set(Number(row.Seq), row);
  }
  const faults = [];
  for (const [index] of expected.entries()) {
    const number = index + 1;
    const row = kept.get(number);
    const file = row && join(run, "out", `${number}.${row.Attempt}.stdout`);
    const found = file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined;
    const wanted = `reading ${number}: ${number * number}\n`;
    if (found !== wanted)
      faults.push(`task ${number} said ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
  if (kept.size !== expected.length) faults.push(`${kept.size} of ${expected.length} tasks are done`);
  return faults;
}

function moneyFaults(run, summary) {
  const spent = micro(summary.spent_usd);
  const sums = {
    "the machines": total(table(join(run, "machines.csv"), ",").map((row) => row.cost_usd)),
    "the clusters": total(Object.values(summary.clusters).map((cluster) => cluster.spent_usd)),
    "useful work and waste": total([summary.useful_usd, ...Object.values(summary.waste_usd)]),
  };
  const faults = Object.entries(sums)
    .filter(([, sum]) => sum !== spent)
    .map(([what, sum]) => `${what} come to ${sum} micro-dollars, the run to ${spent}`);
  if (spent > micro(summary.budget_usd)) faults.push(`${spent} micro-dollars are over the budget`);
  return faults;
}

function offerFaults(summary) {
  const offer = (name) => summary.offers.find((one) => one.name === name);
  const [cheapest, fastest] = [offer("cheapest"), offer("fastest")];
  const time = fastest.time_s.p50 / cheapest.time_s.p50;
  const cost = fastest.cost_usd.p50 / cheapest.cost_usd.p50;
  return [
    ...(time > FASTEST_TIME_MOST
      ? [`the fastest offer takes ${time.toFixed(2)} of the cheapest one's time`]
      : []),
    ...(cost < FASTEST_COST_LEAST ? [`the fastest offer costs ${cost.toFixed(2)} of the cheapest`] : []),
  ];
}

/** Rows by the names of the first line. Neither file quotes what stands before the column Command. */
function table(file, separator) {
  const [head = "", ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
  const names = head.split(separator);
  return rows.map((row) => Object.fromEntries(row.split(separator).map((cell, at) => [names[at], cell])));
}

const micro = (dollars) => Math.round(Number(dollars) * 1e6);
const total = (amounts) => amounts.reduce((sum, amount) => sum + micro(amount), 0);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = faultsOf(process.argv[2] ?? join(HERE, "runs/latest"));
  process.stdout.write(faults.length === 0 ? "the run is right\n" : `${faults.join("\n")}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
