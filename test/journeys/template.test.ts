/** A template is run as a whole: what its lists, its table and its keys say is what its tasks do and are told. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPlace, type Place, type RunFiles } from "./stint.js";

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place.remove());

/** What the tasks printed, in their order; each was run once. */
const printed = (run: RunFiles): (string | undefined)[] =>
  run.attempts().map((_, task) => run.output(task + 1, 1, "stdout")?.toString());

test("a template with a table, lists, directories and variables does what it says", async () => {
  mkdirSync(join(place.path, "wide"));
  mkdirSync(join(place.path, "tele"));
  place.write("frames.csv", 'frame,title\n007,"a, b"\n8,it\'s $8\n');
  place.write(
    "sweep.yaml",
    [
      "command: printf '%s|' {frame} {title} \"$LEVEL\" {#} \"${PWD##*/}\" {a,b} | awk '{print $0}'",
      "csv: frames.csv",
      "params:",
      "  lens: [wide, tele]",
      "id: f{frame}-{lens}",
      "cwd: '{lens}'",
      "env: { LEVEL: '{frame} of {lens}' }",
      "timeout: 1min",
    ].join("\n"),
  );
  const { code, stderr } = await place.stint("run", "sweep.yaml");
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const run = place.run();
  expect(
    run
      .attempts()
      .map((row) => row["task_id"])
      .sort(),
  ).toEqual(["f007-tele", "f007-wide", "f8-tele", "f8-wide"]);
  expect(printed(run)).toEqual([
    "007|a, b|007 of wide|1|wide|{a,b}|\n",
    "007|a, b|007 of tele|2|tele|{a,b}|\n",
    "8|it's $8|8 of wide|3|wide|{a,b}|\n",
    "8|it's $8|8 of tele|4|tele|{a,b}|\n",
  ]);
});

test("a row that is wrong is named, and nothing has been started by then", async () => {
  place.write("bad.csv", "x\nfine\nnot fine\n");
  place.write("bad.yaml", 'command: touch "{x}"\ncsv: bad.csv\n');
  const { code, stdout, stderr } = await place.stint("run", "bad.yaml", "--runs", "none");
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(/^bad\.yaml, line 1, task 2: found \{x\} within quotes/u);
  expect(existsSync(join(place.path, "none"))).toBe(false);
  expect(existsSync(join(place.path, "fine"))).toBe(false);
});
