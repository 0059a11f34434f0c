/**
 * `npm run check:install`: the packed tarball installed as a stranger would, without a registry, and tried with
 * each Node that is given: `stint --help`, a bag that has to be sampled and offered, an agent by hand.
 *
 *     npm run check:install [-- NODE_BIN_FOLDER ...]      default: the Node that runs this
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ROOT, say } from "./say.mjs";

const SECONDS_MOST = 120;
const place = mkdtempSync(join(tmpdir(), "stint-install-"));
const prefix = join(place, "prefix");
/** A person with nothing but Node and a home of their own; a registry that is asked fails the check. */
const stranger = {
  HOME: join(place, "home"),
  PATH: process.env["PATH"],
  LANG: "C.UTF-8",
  npm_config_cache: join(place, "cache"),
  npm_config_registry: "http://127.0.0.1:9/",
  npm_config_update_notifier: "false",
};

/** @returns what it said, both streams; ends this process when it failed */
function must(program, args, { env = stranger, cwd = place } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...{ cwd, env, encoding: "utf8", timeout: SECONDS_MOST * 1000 },
  });
  if (status === 0) return stdout + stderr;
  throw new Error(
    `${program} ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}\n${stdout}${stderr}`,
  );
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

function install() {
  const tarball = readdirSync(join(ROOT, "dist")).find((name) => name.endsWith(".tgz"));
  must("npm", ["install", "--global", "--offline", "--prefix", prefix, join(ROOT, "dist", tarball)]);
  const installed = readdirSync(join(prefix, "lib/node_modules"));
  expect(installed.join() === "stint", `installed besides stint: ${installed.join(", ")}`);
}

/** Two kinds that cost something, so that sampling, offers and the thread that computes them all have a part. */
const CLUSTERS = `clusters:
  small: { provider: local, max: 2, slots: 1, price: 0.36 usd/h, atu: 1s }
  large: { provider: local, max: 1, slots: 2, price: 0.54 usd/h, atu: 1s }
`;
const TASKS = 40;

function tryWith(nodeFolder) {
  const env = { ...stranger, PATH: [nodeFolder, join(prefix, "bin"), stranger.PATH].join(delimiter) };
  const cwd = mkdtempSync(join(place, "run-"));
  const stint = (...args) => must("stint", args, { env, cwd });
  const version = must("node", ["--version"], { env }).trim();
  expect(stint("--help").includes("stint run"), "stint --help does not say how to run");
  expect(stint("--version").trim() === versionOfClone(), "stint --version is not that of the clone");
  expect(stint("worker", "--help").includes("--token-file"), "stint worker --help does not name its token");
  writeFileSync(join(cwd, "three.txt"), "echo 1\necho 2\necho 3\n");
  stint("run", "three.txt", "--yes");
  expectDone(cwd, 3);
  expect(stint("logs", "2") === "2\n", "stint logs does not show what a task printed");
  writeFileSync(join(cwd, "stint.yaml"), CLUSTERS);
  writeFileSync(join(cwd, "bag.txt"), "sleep 0.05\n".repeat(TASKS));
  stint("run", "bag.txt", "--budget", "0.1usd", "--choose", "cheapest");
  expectDone(cwd, TASKS);
  stint("report", "--html", "report.html");
  const report = readFileSync(join(cwd, "report.html"), "utf8");
  expect(report.includes(`"total":${TASKS}`), "stint report --html does not hold the receipt");
  say(`> Node ${version}: installed offline, bags of 3 and ${TASKS} tasks done`);
}

function expectDone(cwd, count) {
  const { state, tasks } = JSON.parse(readFileSync(join(cwd, "runs/latest/summary.json"), "utf8"));
  expect(
    state === "done" && tasks.done === count,
    `the run ended ${state}, ${tasks.done} of ${count} tasks done`,
  );
}

const versionOfClone = () => JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;

try {
  must(process.execPath, [join(ROOT, "scripts/pack.mjs")], { env: process.env, cwd: ROOT });
  install();
  const folders = process.argv.slice(2);
  for (const folder of folders.length > 0 ? folders : [dirname(process.execPath)]) tryWith(folder);
} catch (cause) {
  say(`> ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}
