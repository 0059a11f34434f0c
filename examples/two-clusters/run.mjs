/**
 * Runs the example and looks whether the result is what it should be. Arguments are handed on to `stint run`;
 * without a terminal and a choice, the fastest offer is taken.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { faultsOf } from "./check.mjs";

const HERE = import.meta.dirname;
const BUDGET = "0.20usd";
const STINT = join(HERE, "../../packages/master/bin/stint.js");

const say = (line) => process.stderr.write(`${line}\n`);
const given = process.argv.slice(2);
const isChosen = given.some((word) => word === "--yes" || word.startsWith("--choose"));
const hasTerminal = process.stdin.isTTY && process.stdout.isTTY && !given.includes("--json");

const command = ["run", "bag.txt", "--budget", BUDGET, "--replicable", "--name", "two-clusters", ...given];
if (!isChosen && !hasTerminal) command.push("--choose", "fastest");
say(`> stint ${command.join(" ")}`);

const code = await runStint(command);
if (code !== 0) process.exit(code);
const faults = faultsOf(join(HERE, "runs/latest"));
for (const fault of faults) say(`> wrong: ${fault}`);
if (faults.length === 0) say("> Every output is right, and the money adds up.");
process.exitCode = faults.length === 0 ? 0 : 1;

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
