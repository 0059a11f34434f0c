/**
 * Runs each idiom with GNU parallel or xargs and with stint, in two folders with the same files, and compares what
 * was printed and which files are there afterwards. Exit code 1 when a pair differs, or when README.md lacks one.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILES, IDIOMS } from "./idioms.mjs";

const HERE = import.meta.dirname;
const STINT = join(HERE, "../../packages/master/bin/stint.js");
const LINE_S_MOST = 60;

const say = (line) => process.stdout.write(`${line}\n`);
const scratch = mkdtempSync(join(tmpdir(), "stint-parallel-users-"));
const found = [];
try {
  const environment = surroundings();
  if (shell("command -v parallel && command -v xargs", scratch, environment).status !== 0)
    found.push("GNU parallel or xargs is not installed: apt-get install parallel findutils");
  else for (const [at, idiom] of IDIOMS.entries()) found.push(...differences(idiom, at + 1, environment));
  found.push(...missingInReadme());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const fault of found) say(`wrong: ${fault}`);
if (found.length === 0) say(`All ${IDIOMS.length} do the same.`);
process.exitCode = found.length === 0 ? 0 : 1;

/** `stint` is on the path, and parallel's own files are kept out of the home. */
function surroundings() {
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "stint"), `#!/bin/sh\nexec '${process.execPath}' '${STINT}' "$@"\n`);
  chmodSync(join(bin, "stint"), 0o755);
  return { ...process.env, PATH: `${bin}:${process.env.PATH}`, PARALLEL_HOME: join(scratch, "parallel") };
}

function differences({ does, theirs, ours }, number, environment) {
  const expected = outcome(theirs, { folder: `${number}-theirs`, environment });
  const came = outcome(ours, { folder: `${number}-ours`, environment, isOurs: true });
  const same = JSON.stringify(expected) === JSON.stringify(came);
  say(`${same ? "same" : "DIFFERENT"}  ${does}\n      ${theirs}\n      ${ours}`);
  return same ? [] : [`${does}: ${JSON.stringify(came)}, not ${JSON.stringify(expected)}`];
}

/** What was printed, its lines sorted as parallel prints in the order of ending; and the files with their content. */
function outcome(line, { folder, environment, isOurs = false }) {
  const place = join(scratch, folder);
  mkdirSync(place);
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(place, name), content);
  const { status, stdout, stderr } = shell(line, place, environment);
  const printed = isOurs ? shell("stint logs --all --stdout", place, environment).stdout : stdout;
  if (status !== 0) return { status, stderr };
  const names = readdirSync(place).filter((name) => name !== "runs");
  return {
    printed: printed.split("\n").sort(),
    files: Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(place, name), "utf8")])),
  };
}

function shell(line, cwd, env) {
  return spawnSync("sh", ["-c", line], { cwd, env, encoding: "utf8", timeout: LINE_S_MOST * 1000 });
}

/** A bar within a cell of a table is written `\|`. */
function missingInReadme() {
  const readme = readFileSync(join(HERE, "README.md"), "utf8").replaceAll("\\|", "|");
  return IDIOMS.flatMap(({ theirs, ours }) => [theirs, ours])
    .filter((line) => !readme.includes(`\`${line}\``))
    .map((line) => `README.md does not show ${line}`);
}
