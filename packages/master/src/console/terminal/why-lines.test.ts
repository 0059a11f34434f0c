/** The receipt of a run in which tasks failed: why, how many each, which to look at, and why it stopped. */
import { expect, test } from "vitest";
import { doneSummary } from "../../../../../test/scenarios/golden/console/example-run.js";
import type { SummaryFailure } from "../../planner/report/summary.js";
import { failureLines } from "./failure-lines.js";
import { receiptLines } from "./receipt.js";
import { wayOnLines } from "./way-on.js";

const group = (rest: Partial<SummaryFailure>): SummaryFailure => ({
  outcome: "failed",
  exit_code: null,
  signal: null,
  last_line: null,
  count: 1,
  example_task: 7,
  ...rest,
});

const failed = doneSummary({
  state: "failed-tasks",
  tasks: { total: 100, done: 60, failed: 16, quarantined: 1, left: 23 },
  failures: [
    group({ exit_code: 127, last_line: "sh: 1: pyhton: not found", count: 12, example_task: 3 }),
    group({ outcome: "timeout", count: 2, example_task: 40 }),
    group({ signal: "SIGSEGV", last_line: "\u001b[2Jgone" }),
    group({ outcome: "lost", example_task: 9 }),
  ],
  failures_rest: 1,
  ended_because: "17 tasks of 77 failed, --halt soon,fail=20% halts there",
});

test("failures are told once each, with how many and the first task, and harm no terminal", () => {
  const lines = receiptLines(failed, 80);
  const from = lines.findIndex((line) => line.startsWith("why tasks failed"));
  expect(lines.slice(from, from + 6).map((line) => line.replace(/ {2,}/gu, " | ").trimEnd())).toEqual([
    "why tasks failed | tasks | first",
    "exit code 127: sh: 1: pyhton: not found | 12 | task 3",
    "timed out | 2 | task 40",
    String.raw`ended by SIGSEGV: \x1b[2Jgone | 1 | task 7`,
    "in quarantine: its machines went away | 1 | task 9",
    "and 1 more that failed otherwise",
  ]);
  expect(lines.join("\n")).toMatch(/16 failed · 1 in quarantine · 23 left/u);
  expect(lines).toContain("stopped early: 17 tasks of 77 failed, --halt soon,fail=20% halts there");
});

test.each([
  ["sh: 1: [[: not found", true],
  ["sh: 3: source: not found", true],
  ["sh: 1: Bad substitution", true],
  ['sh: 1: Syntax error: "(" unexpected', true],
  ["sh: 1: Syntax error: redirection unexpected", true],
  ["sh: 1: pyhton: not found", false],
  ["resource: not found", false],
  [null, false],
])("of %j it is said that commands are run by sh: %j", (last_line, said) => {
  const lines = receiptLines({ ...failed, failures: [group({ exit_code: 127, last_line })] }, 80).join("\n");
  expect(/run by sh[^]*bash -c/u.test(lines)).toBe(said);
});

test("the way on from a run that is done leads to what its tasks printed", () => {
  expect(wayOnLines(doneSummary(), { folder: "runs/a b", columns: 80 })).toEqual([
    "What the tasks printed, in the order of the bag:",
    "  stint logs --all --stdout --run 'runs/a b'",
  ]);
});

test("the way on names the first task of the largest group, and how to go on, and with the rest where some is left", () => {
  const look = { folder: "runs/latest", columns: 80 };
  expect(wayOnLines(failed, look)).toEqual([
    "What a task printed, by its number in joblog.tsv:",
    "  stint logs 3 --run runs/latest",
    "When the cause is mended in what they call, the failed ones again, then the rest:",
    "  stint retry --failed runs/latest",
    "To go on with the rest alone, all the same:",
    "  stint resume runs/latest",
    "A mistake in the commands themselves: mend the bag and `stint run` it anew.",
  ]);
  const whole = { ...failed, failures: null, tasks: { ...failed.tasks, left: 0 } };
  expect(wayOnLines(whole, look).join("\n")).toMatch(/stint retry --failed runs\/latest/u);
  expect(wayOnLines(whole, look).join("\n")).not.toMatch(/stint resume/u);
  expect(receiptLines(whole, 80).join("\n")).not.toMatch(/stopped early|why tasks failed/u);
});

test("a task that ran and left out an output is told as one that ran, and what was left out is not cut", () => {
  const text = 'declared output 1.csv was not written: write it to "$STINT_OUTPUT_DIR/1.csv"';
  const told = (last_line: string): string =>
    receiptLines({ ...failed, failures: [group({ exit_code: 0, last_line })] }, 80).join("\n");
  expect(told(text)).toContain("exited with 0: declared output 1.csv was not written ");
  expect(told(text)).toContain(
    'taken from $STINT_OUTPUT_DIR alone: write it to\n"$STINT_OUTPUT_DIR/1.csv"\n',
  );
  expect(told("declared output … was not written")).toContain(
    'write each to\n"$STINT_OUTPUT_DIR"/ITS-NAME\n',
  );
});

test("how a task ended is told whole, as it may say what to do, and its command below it", () => {
  const failure = {
    number: 3,
    command: "date +%N > out.txt",
    how: 'declared output results/out.txt was not written: write it to "$STINT_OUTPUT_DIR/results/out.txt"',
    said: "",
  };
  const none = { numbers: [], count: 0 };
  expect(failureLines([failure], { failed: none, quarantined: none }, 80).slice(2)).toEqual([
    "  task 3, declared output results/out.txt was not written: write it to",
    '  "$STINT_OUTPUT_DIR/results/out.txt":',
    "    date +%N > out.txt",
    "    (nothing)",
  ]);
});
