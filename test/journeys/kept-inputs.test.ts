/** Does a file that is written ever take the place of one that is still wanted? Each is refused before anything begins. */
import { existsSync, mkdirSync, symlinkSync, linkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const CLUSTERS = `clusters:
  here: { provider: local, max: 1, price: 0.1 usd/h, atu: 1h }
`;
const RUN = ["run", "bag.txt", "--budget", "1usd", "--yes"];

const written = (): void => {
  place.write("stint.yaml", CLUSTERS);
  place.write("bag.txt", "true\n");
  place.write("in.txt", "a\nb\n");
  place.write("values.csv", "x\na\nb\n");
  place.write("sweep.yaml", "csv: values.csv\ncommand: echo {x}\n");
  symlinkSync(place.path, join(place.path, "way"));
  linkSync(join(place.path, "bag.txt"), join(place.path, "twin"));
};

test.each([
  ["the clusters that nobody named", RUN, "stint.yaml"],
  ["the bag through a folder that is not there", RUN, "nosub/../bag.txt"],
  ["the bag through a linked folder", RUN, "way/bag.txt"],
  ["the bag by another name", RUN, "twin"],
  ["inputs", ["run", "--budget", "1usd", "--yes", "true {}", "::::", "in.txt"], "nosub/../in.txt"],
  ["the table of a template", ["run", "sweep.yaml", "--budget", "1usd", "--yes"], "values.csv"],
  [
    "the table of a template, looked at only",
    ["run", "sweep.yaml", "--budget", "1usd", "--dry-run"],
    "values.csv",
  ],
])("--results-jsonl that would replace %s", async (_, words, path) => {
  written();
  const before = place.read(path.replace("nosub/../", ""));
  const called = ["run", "--results-jsonl", path, ...words.slice(1)];
  const { code, stderr } = await place.stint(...called);
  expect([code, stderr]).toEqual([2, expect.stringContaining("which this run reads")]);
  expect(place.read(path.replace("nosub/../", ""))).toBe(before);
  expect(existsSync(join(place.path, "runs"))).toBe(false);
});

test("results in a run's folder, twice at one place, over other files or where none can be are refused", async () => {
  place.write("bag.txt", "true\n");
  mkdirSync(join(place.path, "mine/1"), { recursive: true });
  place.write("mine/1/stdout", "precious");
  for (const [words, found] of [
    [["--results-jsonl", "runs/latest/journal"], "in a run's own folder"],
    [["--results", "there", "--results-jsonl", "there"], "which --results names too"],
    [["--results", "mine"], "with files that are not stint's"],
    [["--results", "bag.txt"], "which is no folder"],
    [["--results", "bag.txt/below"], "which is no folder"],
    [["--results-jsonl", "mine"], "which is a folder"],
    [["--results-jsonl", "none/all.jsonl"], "no such file or directory"],
  ] as const) {
    const { code, stderr } = await place.stint("run", "bag.txt", ...words);
    expect([code, stderr], words.join(" ")).toEqual([2, expect.stringContaining(found)]);
  }
  expect(place.read("mine/1/stdout")).toBe("precious");
  expect(existsSync(join(place.path, "runs"))).toBe(false);
  for (const name of ["again", "again"])
    expect((await place.stint("run", "bag.txt", "--results", name)).code).toBe(0);
  const { code, stderr } = await place.stint("run", "bag.txt", "--results-jsonl", "runs/latest/run.json");
  expect([code, stderr]).toEqual([2, expect.stringContaining("in a run's own folder")]);
});

test("a bag that is taken in again is not where the run writes its results", async () => {
  place.write("bag.txt", "true\n");
  expect((await place.stint("run", "bag.txt", "--results-jsonl", "all.jsonl")).code).toBe(0);
  const before = place.write("all.jsonl", '{"command":"true 2"}\n') && place.read("all.jsonl");
  const { code } = await place.stint("resume", "--bag", "all.jsonl");
  expect([code, place.read("all.jsonl")]).toEqual([2, before]);
});

test("tables of an imagined run never replace what it was imagined from, nor each other", async () => {
  place.write("runtimes.csv", "task_id,runtime_s\na,1\nb,2\n");
  place.write(
    "clusters.yaml",
    CLUSTERS.replace("provider: local, max: 1, price: 0.1 usd/h", "max: 1, prices: csv:spot.csv#usd_h"),
  );
  place.write("spot.csv", "t,usd_h\n0,0.1\n");
  const asked = ["simulate", "runtimes.csv", "--clusters", "clusters.yaml", "--budget", "5usd"];
  for (const [words, found] of [
    [["--attempts", "runtimes.csv"], "which this run reads"],
    [["--machines", "clusters.yaml"], "which this run reads"],
    [["--machines", "spot.csv"], "which this run reads"],
    [["--attempts", "one.csv", "--machines", "none/../one.csv"], "which --attempts names too"],
    [["--attempts", "none/a.csv"], "no such file or directory"],
  ] as const) {
    const { code, stderr } = await place.stint(...asked, ...words);
    expect([code, stderr], words.join(" ")).toEqual([2, expect.stringContaining(found)]);
  }
  expect(place.read("runtimes.csv")).toBe("task_id,runtime_s\na,1\nb,2\n");
  const { code } = await place.stint(...asked, "--attempts", "/dev/null", "--machines", "/dev/null");
  expect(code).toBe(0);
});
