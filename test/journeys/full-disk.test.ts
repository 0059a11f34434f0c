/**
 * A disk that takes no more of a run's journal, imitated by a limit on the size of files: nothing goes on unwritten,
 * whoever tells the master twice to stop gets rid of it, and with room again the run goes on where it stood.
 */
import { spawn } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BIN, newPlace, processesOf, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const TASKS = 60;
/** In blocks of 512 bytes: room for a part of the journal. */
const BLOCKS = 24;

/** Its writes beyond the limit fail, as on a full disk; without the trap they would end it. */
const LIMITED = `trap '' XFSZ; ulimit -f ${String(BLOCKS)}; exec "$0" "$@"`;

test("a run whose journal cannot be written waits, ends when told twice, and is resumed without loss", async () => {
  place.write("bag.txt", Array.from({ length: TASKS }, (_, task) => `true ${String(task)}`).join("\n"));
  place.write("one.yaml", "clusters:\n  a: { provider: local, slots: 2, price: 0.04 usd/h }\n");
  const words = ["run", "bag.txt", "--clusters", "one.yaml", "--budget", "1usd", "--yes"];
  const child = spawn("/bin/sh", ["-c", LIMITED, process.execPath, BIN, ...words], {
    cwd: place.path,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await until(() => said.includes("Trying again each second"), "the master says that it cannot write");

  child.kill("SIGINT");
  await until(() => said.includes("Stopping: no task is started"), "the first signal is answered");
  child.kill("SIGINT");
  expect(await ended).toBe(9);
  expect(said).toMatch(
    /journal: found a disk that does not take[^]*try: make room, then: stint resume runs\//u,
  );

  const resumed = await place.stint("resume");
  expect(resumed.code, resumed.stderr).toBe(0);
  const run = place.run();
  expect(run.summary().tasks).toMatchObject({ done: TASKS, failed: 0, left: 0 });
  expect(new Set(run.joblog().map((row) => row["Seq"])).size).toBe(TASKS);
  expect(processesOf(run)).toEqual([]);
});
