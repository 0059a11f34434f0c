/** Outputs that tasks declare: in their places when the run is over, once, whoever ran and whatever died meanwhile. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const TWO =
  "clusters:\n  a: { provider: local, max: 2, slots: 2 }\n  b: { provider: local, max: 1, slots: 2, speed: 0.5 }\n";

interface Line {
  readonly command: string;
  readonly outputs: readonly string[];
  readonly cwd?: string;
}
const bagOf = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const staged = (): string[] =>
  readdirSync(join(place.run().path, "out")).filter((name) => name.endsWith(".outputs"));

test("every task's outputs are in their places, copies or not, and nothing else is", async () => {
  const tasks = 40;
  const lines = Array.from({ length: tasks }, (_, n) => ({
    command: `sleep 0.0${n % 10}; echo ${n} > $STINT_OUTPUT_DIR/results/${n}/a.txt; touch $STINT_OUTPUT_DIR/scrap`,
    outputs: [`results/${n}/a.txt`],
  }));
  place.write("bag.jsonl", bagOf(lines));
  place.write("stint.yaml", TWO);
  const { code, stderr } = await place.stint("run", "bag.jsonl", "--yes");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("not in their place")]);
  const found = Array.from({ length: tasks }, (_, n) => place.read(`results/${n}/a.txt`));
  expect(found).toEqual(Array.from({ length: tasks }, (_, n) => `${n}\n`));
  expect([existsSync(join(place.path, "scrap")), staged()]).toEqual([false, []]);
  // Copies were allowed, as nobody had to say: pairs were run while sampling.
  expect(place.run().summary().copies.allowed).toBe(true);
});

test("a task that exits with 0 and lacks an output has failed, and says which", async () => {
  place.write("bag.jsonl", bagOf([{ command: "echo 1 > x", outputs: ["x"] }]));
  const { code, stderr } = await place.stint("run", "bag.jsonl", "--yes");
  expect([code, stderr]).toEqual([1, expect.stringContaining('write it to "$STINT_OUTPUT_DIR/x"')]);
  expect(
    place
      .run()
      .joblog()
      .map(({ Outcome, Exitval }) => [Outcome, Exitval]),
  ).toEqual([["failed", "-1"]]);
});

test("outputs that were committed and not moved when the master was killed are moved by resume", async () => {
  const [done, last] = ["one", "two"];
  place.write(
    "bag.jsonl",
    bagOf([
      { command: `echo 1 > $STINT_OUTPUT_DIR/${done}`, outputs: [done] },
      {
        command: `until test -e go; do sleep 0.05; done; echo 2 > $STINT_OUTPUT_DIR/${last}`,
        outputs: [last],
      },
    ]),
  );
  const called = place.call("run", "bag.jsonl", "--yes");
  const at = (name: string): string => join(place.path, name);
  await until(() => existsSync(at(done)), "the first task is over");
  called.child.kill("SIGKILL");
  await called.ended;
  // As if it had been killed between the commit and the move; the folder may still be there, killed before it was removed.
  const staging = join(place.run().path, "out", "1.1.outputs");
  mkdirSync(staging, { recursive: true });
  renameSync(at(done), join(staging, done));
  writeFileSync(at("go"), "");
  expect((await place.stint("resume")).code).toBe(0);
  expect([done, last].map((name) => readFileSync(at(name), "utf8"))).toEqual(["1\n", "2\n"]);
  expect(staged()).toEqual([]);
});
