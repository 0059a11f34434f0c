/** Output of a bag that is too large for a file a task: packed by the agent, found again by whoever reads. */
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TaskReport } from "@stint/shared/wire/messages.js";
import {
  findOutput,
  outputFinder,
  pieceText,
  type RanAttempt,
} from "../../packages/master/src/store/find-output.js";
import { CAP, taskBench, type TaskBench } from "./task-bench.js";

let bench: TaskBench;
beforeEach(() => {
  bench = taskBench(2, 10_001);
  finder = outputFinder(out());
});
afterEach(() => bench.remove());

const out = (): string => join(bench.folder, "out");
let finder: ReturnType<typeof outputFinder>;
const ranBy = (report: TaskReport): RanAttempt => ({ ...report, machine: "here-1" as RanAttempt["machine"] });

/** Both streams as whoever comes new and whoever has looked on find them. */
function found(report: TaskReport): (string | undefined)[] {
  const [one, each] = [findOutput(out(), ranBy(report)), finder(ranBy(report))];
  expect(each).toEqual(one);
  return [one.stdout, one.stderr].map((piece) => piece && pieceText(piece));
}

test("what tasks print is found to the byte, in two files a machine", async () => {
  const both = await bench.run("printf 'zw\u00f6lf\\n'; printf 'k\u00e4se' >&2");
  const quiet = await bench.run("true");
  const loud = await bench.run("seq 100 >&2");
  const many = await Promise.all(Array.from({ length: 30 }, (_, n) => bench.run(`echo ${n}`)));
  expect(found(both)).toEqual(["zw\u00f6lf\n", "k\u00e4se"]);
  expect(found(quiet)).toEqual([undefined, undefined]);
  expect(found(loud)).toEqual([undefined, Array.from({ length: 100 }, (_, n) => `${n + 1}\n`).join("")]);
  expect(many.map((one) => found(one)[0])).toEqual(Array.from({ length: 30 }, (_, n) => `${n}\n`));
  expect([...bench.outputs()].sort()).toEqual(["here-1.pack", "here-1.packed"]);
  expect(bench.troubles).toEqual([]);
});

test("a flood is cut before it is packed", async () => {
  const flood = await bench.run(`head -c ${CAP * 3} /dev/zero | tr '\\0' x`);
  const [kept = ""] = found(flood);
  expect(flood.stdoutBytes).toBe(CAP * 3);
  expect(kept.replace(/x+/gu, "x")).toBe(`x\n[stint: ${CAP * 2} bytes left out]\nx`);
});

test("what could not be packed stays in a file of its own, and packing goes on", async () => {
  mkdirSync(join(out(), "here-1.pack"));
  const loose = await bench.run("echo 1");
  expect(found(loose)).toEqual(["1\n", undefined]);
  expect(bench.troubles).toHaveLength(1);
  rmSync(join(out(), "here-1.pack"), { recursive: true });
  expect(found(await bench.run("echo 2"))).toEqual(["2\n", undefined]);
  expect(readdirSync(out()).sort()).toEqual(["1.1.stdout", "here-1.pack", "here-1.packed"]);
});

test("half a line of an agent that died hides nothing", async () => {
  writeFileSync(join(out(), "here-1.pack"), "lost");
  writeFileSync(join(out(), "here-1.packed"), "\n1.1 0 4");
  const next = await bench.run("echo 2");
  expect(found(next)).toEqual(["2\n", undefined]);
  appendFileSync(join(out(), "here-1.packed"), "77.1 0 1 0");
  expect(found({ ...next, task: 76 as TaskReport["task"] })).toEqual([undefined, undefined]);
});
