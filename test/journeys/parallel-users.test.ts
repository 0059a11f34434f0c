/**
 * What GNU parallel makes of a command and its inputs, stint makes of them too: each case is run by both, and what
 * was printed, in the order of the inputs, is the same.
 */
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markCommand } from "../../packages/master/src/cli/command-line/mark-command.js";
import { stintProgram } from "../../packages/master/src/cli/command-line/program.js";
import { runSource } from "../../packages/master/src/cli/input/run-source.js";
import { commandText } from "../../packages/shared/src/bag/bag.js";
import { CASES, LINES } from "./parallel-cases.js";
import { newPlace, type Place } from "./stint.js";

const hasParallel = (): boolean => {
  try {
    return execFileSync("parallel", ["--version"], { encoding: "utf8" }).startsWith("GNU parallel");
  } catch {
    return false;
  }
};

let place: Place;
beforeAll(() => {
  place = newPlace();
  place.write("lines", LINES);
  place.write("few", "u\nv w\n");
  place.write("endless", "u\nv");
  place.write("with space.txt", "spaced\n");
  mkdirSync(join(place.path, "sub dir"));
  place.write("sub dir/it's.txt", "its\n");
});
afterAll(() => place.remove());

/** The same shell for both. */
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  SHELL: "/bin/sh",
  PARALLEL_SHELL: "/bin/sh",
  PARALLEL_HOME: place.path,
});

async function byParallel(words: readonly string[]): Promise<string> {
  const theirs = words.map((word) => (word === "--input" ? "-a" : word));
  const run = promisify(execFile)("parallel", ["--will-cite", "-k", ...theirs], {
    cwd: place.path,
    env: environment(),
  });
  run.child.stdin?.end();
  // A task that fails is counted in the exit code; what was printed is there all the same.
  return run.then(
    ({ stdout }) => stdout,
    (failure: unknown) => (failure as { stdout: string }).stdout,
  );
}

/** The commands of the tasks, as the command line reads these words. */
async function tasksOf(words: readonly string[]): Promise<string[]> {
  const program = stintProgram(() => undefined);
  const verb = program.commands.find((one) => one.name() === "run")!;
  const { operands, unknown } = verb.parseOptions([...markCommand(["run", ...words], program)].slice(1));
  expect(unknown).toEqual([]);
  const { tasks } = runSource(operands, (verb.opts() as { input?: string }).input);
  const commands: string[] = [];
  for await (const { command } of tasks) commands.push(commandText(command));
  return commands;
}

describe.runIf(hasParallel())("what GNU parallel prints, stint's tasks print", () => {
  const printed = new Map<string, string>();

  beforeAll(async () => {
    const before = process.cwd();
    const all: { id: string; command: string }[] = [];
    const counts: number[] = [];
    process.chdir(place.path);
    try {
      for (const [index, [, words]] of CASES.entries()) {
        const commands = await tasksOf(words);
        counts.push(commands.length);
        all.push(...commands.map((command, task) => ({ id: `${index}/${task}`, command })));
      }
    } finally {
      process.chdir(before);
    }
    place.write("all.jsonl", all.map((task) => JSON.stringify(task)).join("\n"));
    const { code, stderr } = await place.stint("run", "all.jsonl");
    // One of the cases fails on purpose.
    if (code !== 1) throw new Error(stderr);
    const run = place.run();
    let number = 0;
    for (const [index, [says]] of CASES.entries()) {
      let text = "";
      for (let left = counts[index] ?? 0; left > 0; left -= 1) {
        number += 1;
        text += run.output(number, 1, "stdout")?.toString() ?? "";
      }
      printed.set(says, text);
    }
  }, 120_000);

  test.each(CASES)("%s", async (says, words) => {
    expect(printed.get(says)).toBe(await byParallel(words));
  });
});

describe.runIf(hasParallel())("typed as a whole", () => {
  const typed: readonly (readonly [words: readonly string[], theirs: readonly string[], stdin: string])[] = [
    [["--input", "-", "printf '[%s]' {}"], ["printf '[%s]' {}"], LINES],
    [
      ["--input", "-", "echo {1} {2}", ":::", "x", "y z"],
      ["-a", "-", "echo {1} {2}", ":::", "x", "y z"],
      "u\nv w\n",
    ],
    [
      ["echo {} {.}.png", "--name", "mine", ":::", "a b.jpg", "c.jpg"],
      ["echo {} {.}.png", ":::", "a b.jpg", "c.jpg"],
      "",
    ],
    [
      ["--name", "mine", "--", "printf", "[%s]", "-n", "{}", ":::", "-x", "--json"],
      ["printf", "[%s]", "-n", "{}", ":::", "-x", "--json"],
      "",
    ],
  ];

  test.each(typed)("stint run %j prints what parallel prints", async (words, theirs, stdin) => {
    const called = spawn("parallel", ["--will-cite", "-k", ...theirs], {
      cwd: place.path,
      env: environment(),
    });
    called.stdin.end(stdin);
    let expected = "";
    called.stdout.setEncoding("utf8").on("data", (text: string) => (expected += text));
    await new Promise((resolve) => called.on("close", resolve));
    place.write("stdin", stdin);
    const { code, stderr } = await place.stintReading("stdin", "run", ...words);
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    const run = place.run();
    const rows = run.joblog().length;
    const outputs = Array.from(
      { length: rows },
      (_, task) => run.output(task + 1, 1, "stdout")?.toString() ?? "",
    );
    expect(outputs.join("")).toBe(expected);
    expect(expected).not.toBe("");
  });
});

test("the slot of a task is told to its command", async () => {
  expect(await tasksOf(["echo {%} {}", ":::", "a"])).toEqual(["echo ${STINT_SLOT} a"]);
  const { code } = await place.stint("run", "echo slot {%}", ":::", "a");
  expect(code).toBe(0);
  expect(place.run().output(1, 1, "stdout")?.toString()).toBe("slot 1\n");
});
