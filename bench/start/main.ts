/**
 * How long is a person kept waiting by stint itself? The packed program, as it is installed: its help, and a run of
 * one task `true` on this computer for nothing, from the call to the exit. What counts is how often Node alone
 * could have started meanwhile.
 *
 *     npm run bench:start [-- --rounds 9 --floor]
 *
 * With --floor the exit code is 1 when it takes longer than is promised in this folder's README.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "../median.js";

const STINT = join(import.meta.dirname, "../../dist/stint/bin/stint.js");
/** Promised, in starts of Node alone: a busy computer slows both. */
const MOST = { help: 5, run: 50 } as const;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "9" }, floor: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);

const CALLS = {
  node: ["-e", "0"],
  help: [STINT, "--help"],
  run: [STINT, "run", "bag.txt", "--yes"],
} as const;
type Call = keyof typeof CALLS;
const names = Object.keys(CALLS) as Call[];

const folder = mkdtempSync(join(tmpdir(), "stint-start-"));
const environment: NodeJS.ProcessEnv = { ...process.env, XDG_DATA_HOME: folder };
/** It makes the start of each Node as slow as its list is long. */
delete environment["NODE_EXTRA_CA_CERTS"];

function millisecondsOf(call: Call): number {
  const since = process.hrtime.bigint();
  const ended = spawnSync(process.execPath, CALLS[call], { cwd: folder, env: environment });
  const took = Number(process.hrtime.bigint() - since) / 1e6;
  if (ended.status !== 0) throw new Error(`${call}: ${ended.stderr.toString()}`);
  return took;
}

try {
  writeFileSync(join(folder, "bag.txt"), "true\n");
  writeFileSync(join(folder, "stint.yaml"), "clusters:\n  here: { provider: local, max: 1, slots: 1 }\n");
  // The first run of an installation makes the identity that all later ones use.
  const first = millisecondsOf("run");
  const took = new Map<Call, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) took.get(name)?.push(millisecondsOf(name));
  const middle = (name: Call): number => median(took.get(name) ?? []);
  process.stdout.write(
    `median of ${rounds}; the first run of this installation took ${first.toFixed(0)} ms\n`,
  );
  for (const name of names) {
    const ratio = middle(name) / middle("node");
    const least = Math.min(...(took.get(name) ?? []));
    process.stdout.write(
      `${CALLS[name].join(" ").replace(STINT, "stint").padEnd(24)} ${middle(name).toFixed(0).padStart(5)} ms` +
        `   least ${least.toFixed(0).padStart(5)} ms   ${ratio.toFixed(1).padStart(5)} × node\n`,
    );
  }
  const slow = (["help", "run"] as const).filter((name) => middle(name) > MOST[name] * middle("node"));
  for (const name of slow) process.stdout.write(`${name}: longer than ${MOST[name]} × node\n`);
  if (values.floor && slow.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
