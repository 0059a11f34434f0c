/**
 * The whole example: makes the bag, lets stint run it within its budget, stitches the tiles and checks the
 * picture. Arguments are handed on to `stint run`; without a terminal and a choice the default offer is taken.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { finish } from "./finish.mjs";
import { makeBag } from "./make-bag.mjs";
import { BAG, HERE } from "./places.mjs";

const BUDGET = "0.03usd";
const STINT = join(HERE, "../../packages/master/bin/stint.js");

const say = (line) => process.stderr.write(`${line}\n`);
const given = process.argv.slice(2);
const isChosen = given.some((word) => word === "--yes" || word.startsWith("--choose"));
const hasTerminal = process.stdin.isTTY && process.stdout.isTTY && !given.includes("--json");

rmSync(join(HERE, "out"), { recursive: true, force: true });
const tiles = makeBag();
const command = ["run", BAG, "--budget", BUDGET, "--name", "fractal", ...given];
if (!isChosen && !hasTerminal) command.push("--yes");
say(`> ${tiles} tiles, one command each: stint ${command.join(" ")}`);

const code = await runStint(command);
if (code !== 0) {
  say(`> stint ended with exit code ${code}, so there is no picture yet. To go on, in ${HERE}:`);
  say("  npx stint resume && node finish.mjs");
  process.exit(code);
}
// Nothing was computed, so there is nothing to stitch.
if (given.includes("--dry-run")) process.exit(0);
process.exitCode = finish();
// The receipt names the run as this folder sees it; whoever called `npm start` stands in the clone's root.
if (!given.some((word) => word.startsWith("--runs")))
  say(
    "> What they printed, in the clone's root: npx stint logs --all --stdout --run examples/fractal/runs/latest",
  );

/** Resolves with stint's exit code; Ctrl-C and SIGTERM are left to stint, which explains itself. */
function runStint(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STINT, ...args], { cwd: HERE, stdio: "inherit" });
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("close", (exit, signal) => resolve(exit ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
