/**
 * The whole example: stint runs the sweep within its budget, the rows become one table and one picture, and both are
 * checked. Arguments are handed on to `stint run`; without a terminal and a choice, the preselected offer is taken.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { faults } from "./check.mjs";
import { gather, PICTURE, STINT, TABLE } from "./gather.mjs";

const HERE = import.meta.dirname;
const BUDGET = "0.02usd";

const say = (line) => process.stderr.write(`${line}\n`);
const given = process.argv.slice(2);
const isChosen = given.some((word) => word === "--yes" || word.startsWith("--choose"));
const hasTerminal = process.stdin.isTTY && process.stdout.isTTY && !given.includes("--json");

rmSync(join(HERE, "out"), { recursive: true, force: true });
const command = ["run", "sweep.yaml", "--budget", BUDGET, ...given];
if (!isChosen && !hasTerminal) command.push("--yes");
say(`> stint ${command.join(" ")}`);

const code = await runStint(command);
if (code !== 0) {
  say(`> stint ended with exit code ${code}, so there is no table yet. To go on, in ${HERE}:`);
  say("  stint resume && node gather.mjs && node check.mjs");
  process.exit(code);
}
gather();
say("> Gathered; computing every row once more, directly …");
const found = faults();
for (const fault of found) say(`> wrong: ${fault}`);
if (found.length === 0) say(`> Both are right:\n  ${TABLE}\n  ${PICTURE}`);
process.exitCode = found.length === 0 ? 0 : 1;

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
