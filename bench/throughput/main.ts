/**
 * How many processes a second does stint start, and how does that compare with xargs and GNU parallel on the
 * same computer in the same minutes? Ratios are what counts: they move less than rates from hour to hour.
 *
 *     npm run bench:throughput [-- --rounds 3 --tasks 10000 --floor]
 *
 * With --floor the exit code is 1 when stint falls below what is promised in this folder's README.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "../median.js";
import { contenders, type Contender } from "./contenders.js";

/** Promised: at least this share of the rate of xargs, and more than GNU parallel's. */
const FLOOR_OF_XARGS = 0.35;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    tasks: { type: "string", default: "10000" },
    floor: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const tasks = Number(values.tasks);

/** Tasks a second, the whole program counted: start, run, end. */
function rateOf(contender: Contender): number {
  const folder = mkdtempSync(join(tmpdir(), "stint-throughput-"));
  try {
    const given = Math.max(1, Math.round(tasks * contender.share));
    const [program, ...args] = contender.prepare(folder, given);
    const since = process.hrtime.bigint();
    const ended = spawnSync(program, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const seconds = Number(process.hrtime.bigint() - since) / 1e9;
    if (ended.status !== 0) throw new Error(`${contender.name}: ${ended.stderr.toString()}`);
    contender.verify(folder, given);
    return given / seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const all = contenders();
const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round++) {
  for (const contender of all) {
    const rate = rateOf(contender);
    rates.get(contender.name)?.push(rate);
    process.stdout.write(
      `round ${round}  ${contender.name.padEnd(18)} ${rate.toFixed(0).padStart(6)} tasks/s\n`,
    );
  }
}

const rate = (name: string): number => median(rates.get(name) ?? []);
process.stdout.write(`\n${tasks} tasks, median of ${rounds}\n`);
for (const { name } of all) {
  const ratio = rate("stint") / rate(name);
  process.stdout.write(
    `${name.padEnd(18)} ${rate(name).toFixed(0).padStart(6)} tasks/s   stint is ${ratio.toFixed(2)} of it\n`,
  );
}
const missed = [
  ...(rate("stint") < FLOOR_OF_XARGS * rate("xargs, own groups") ? [`below ${FLOOR_OF_XARGS} of xargs`] : []),
  ...(rate("stint") <= rate("parallel") ? ["not above GNU parallel"] : []),
];
if (values.floor && missed.length > 0) {
  process.stdout.write(`stint is ${missed.join(" and ")}\n`);
  process.exitCode = 1;
}
