/** Failures that are one and the same are told once, whatever the numbers in them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import { groupFailures } from "./group-failures.js";

let out = "";
beforeEach(() => (out = mkdtempSync(join(tmpdir(), "stint-groups-"))));
afterEach(() => rmSync(out, { recursive: true }));

/** An attempt that failed, and what it said. */
function failed(task: number, said: string, rest: Partial<ClosedAttempt> = {}): ClosedAttempt {
  if (said !== "") writeFileSync(join(out, `${String(task + 1)}.1.stderr`), said);
  const attempt = { task, attempt: 1, machine: "here-1", outcome: "failed", exitCode: 1, ...rest };
  return attempt as unknown as ClosedAttempt;
}

test("the same exit code and last line are one group, numbers aside, told by its first task", () => {
  const known = [
    failed(7, "warming up\nno file data/7.csv\n"),
    failed(2, "no file data/2.csv"),
    failed(3, "no file data/3.csv\n\n", { exitCode: 2 }),
  ];
  expect(groupFailures(known, out, 3)).toEqual({
    failures: [
      { ...ONE, last_line: "no file data/2.csv", count: 2, example_task: 3 },
      { ...ONE, exit_code: 2, last_line: "no file data/3.csv", count: 1, example_task: 4 },
    ],
    failures_rest: 0,
  });
});

const ONE = { outcome: "failed", exit_code: 1, signal: null };

test("how an attempt ended tells groups apart where nothing was said", () => {
  const known = [
    failed(0, "", { outcome: "timeout", exitCode: undefined as never }),
    failed(1, "", { signal: "SIGKILL", exitCode: undefined as never }),
    failed(2, "", { notStarted: "no such folder", exitCode: undefined as never }),
    failed(3, "", { outcome: "lost", exitCode: undefined as never }),
    failed(4, "", { noOutput: "no x", exitCode: undefined as never }),
  ];
  const { failures } = groupFailures(known, out, 5);
  expect(
    failures?.map(({ outcome, exit_code, signal, last_line }) => [outcome, exit_code, signal, last_line]),
  ).toEqual([
    ["timeout", null, null, null],
    ["failed", null, "SIGKILL", null],
    ["failed", null, null, "no such folder"],
    ["lost", null, null, null],
    ["failed", 0, null, "no x"],
  ]);
});

test("outputs that were not written are one group whatever they are called, and it is called by none of them", () => {
  const missed = (task: number, name: string): ClosedAttempt =>
    failed(task, "", {
      noOutput: `declared output ${name} was not written: write it to "$STINT_OUTPUT_DIR/${name}"`,
      exitCode: undefined as never,
    });
  const { failures } = groupFailures(
    [missed(0, "1.csv"), missed(1, "b/two.csv"), missed(2, "3.csv")],
    out,
    3,
  );
  const whole = { outcome: "failed", exit_code: 0, signal: null, example_task: 1 };
  expect(failures).toEqual([{ ...whole, last_line: "declared output … was not written", count: 3 }]);
  const [alone] = groupFailures([missed(0, "1.csv")], out, 1).failures ?? [];
  expect(alone?.last_line).toContain("declared output 1.csv was not written");
});

test("ten groups are told, the largest first, and the rest is counted", () => {
  const known = Array.from({ length: 30 }, (_, task) =>
    failed(task, "word ".repeat(1 + (task % 15)), { exitCode: task < 20 ? 1 : 9 }),
  );
  const { failures, failures_rest } = groupFailures(known, out, 45);
  expect(failures).toHaveLength(10);
  const told = failures?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  expect(told + failures_rest).toBe(45);
  expect(failures?.[0]?.count).toBeGreaterThanOrEqual(failures?.[9]?.count ?? 99);
});

test("a last line without an end is cut", () => {
  const { failures } = groupFailures([failed(0, "x".repeat(5_000))], out, 1);
  expect(failures?.[0]?.last_line).toHaveLength(200);
});
