import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptNumber } from "@stint/shared/ids.js";
import type { TaskReport } from "@stint/shared/wire/messages.js";
import { CAP, taskBench, type TaskBench } from "../../../test/worker/task-bench.js";

let bench: TaskBench;

beforeEach(() => {
  bench = taskBench(1);
});

afterEach(() => bench.remove());

const text = (report: TaskReport, stream: "stdout" | "stderr"): string =>
  bench.output(report, stream).toString("utf8");
const ran = ({ startedBootUs, endedBootUs }: TaskReport): number => endedBootUs - startedBootUs;

describe("an attempt", () => {
  test("ends as its process did", async () => {
    expect((await bench.run("exit 3")).ending).toEqual({ kind: "exited", code: 3 });
    expect((await bench.run("kill -SEGV $$")).ending).toEqual({ kind: "signalled", signal: "SIGSEGV" });
    const unstarted = await bench.run("true", { cwd: "no/such" });
    expect(unstarted.ending).toEqual({
      kind: "not-started",
      reason: `no such folder: ${bench.folder}/no/such`,
    });
    expect(ran(unstarted)).toBe(0);
  });

  test("is not started where its output cannot be written, and the slot goes on", async () => {
    rmSync(join(bench.folder, "out"), { recursive: true });
    expect((await bench.run("true")).ending.kind).toBe("not-started");
    mkdirSync(join(bench.folder, "out"));
    expect((await bench.run("true")).ending).toEqual({ kind: "exited", code: 0 });
  });

  test("knows where it stands, and has its submitter's environment and its own", async () => {
    const { task } = await bench.run("env | sort", {
      attempt: 2 as AttemptNumber,
      replica: 1,
      env: { BOTH: "ta sk", STINT_SLOT: "9" },
    });
    const seen = text(bench.reports[0]!, "stdout")
      .split("\n")
      .filter((line) => /^(STINT_|FROM|BOTH)/u.test(line));
    expect(seen).toEqual([
      "BOTH=ta sk",
      "FROM=submitter",
      "STINT_ATTEMPT=2",
      "STINT_BAG_ID=bag",
      "STINT_CLUSTER=here",
      "STINT_MACHINE=here-1",
      "STINT_REPLICA=1",
      "STINT_SLOT=1",
      "STINT_TASK_COUNT=30",
      `STINT_TASK_DIR=${bench.folder}/scratch/slot-1`,
      "STINT_TASK_ID=some",
      `STINT_TASK_INDEX=${String(task + 1)}`,
    ]);
  });

  test("runs where the bag was submitted, or where it says", async () => {
    mkdirSync(join(bench.folder, "below"));
    expect(text(await bench.run("pwd -P"), "stdout").trim()).toBe(bench.folder);
    expect(text(await bench.run("pwd -P", { cwd: "below" }), "stdout").trim()).toBe(
      join(bench.folder, "below"),
    );
    expect(text(await bench.run("pwd -P", { cwd: "/usr" }), "stdout").trim()).toBe("/usr");
  });

  test("finds its folder empty, whatever the one before left or removed", async () => {
    const look = "ls -A $STINT_TASK_DIR | wc -l; ";
    for (const leave of [
      "mkdir -p $STINT_TASK_DIR/a/b; touch $STINT_TASK_DIR/.c",
      "rm -r $STINT_TASK_DIR",
      "true",
    ])
      expect(text(await bench.run(look + leave), "stdout").trim()).toBe("0");
  });
});

describe("output", () => {
  test("is kept to the byte, each stream in its file, and an empty one leaves no file", async () => {
    const both = await bench.run("printf 'zwölf \\000 \\377'; printf 'käse' >&2");
    expect(bench.output(both, "stdout")).toEqual(
      Buffer.concat([Buffer.from("zwölf \0 "), Buffer.from([0xff])]),
    );
    expect(text(both, "stderr")).toBe("käse");
    expect([both.stdoutBytes, both.stderrBytes]).toEqual([10, 5]);
    const quiet = await bench.run("true");
    expect([quiet.stdoutBytes, quiet.stderrBytes]).toEqual([0, 0]);
    expect(bench.outputs()).toHaveLength(2);
  });

  test("at the cap is kept whole; beyond it head and tail are, and one line says what is missing", async () => {
    const whole = await bench.run(`head -c ${String(CAP)} /dev/zero | tr '\\0' x`);
    expect(text(whole, "stdout")).toBe("x".repeat(CAP));
    for (const start of ["", "x"]) {
      const lines = await bench.run(`printf "${start}"; seq 100000`);
      const all = `${start}${Array.from({ length: 100_000 }, (_, index) => `${String(index + 1)}\n`).join("")}`;
      expect(lines.stdoutBytes).toBe(all.length);
      const [head = "", tail = ""] = text(lines, "stdout").split(
        `[stint: ${String(all.length - CAP)} bytes left out]\n`,
      );
      const cut = all.slice(0, CAP / 2);
      expect(head).toBe(cut.endsWith("\n") ? cut : `${cut}\n`);
      expect(tail).toBe(all.slice(-CAP / 2));
    }
    expect(bench.troubles).toEqual([]);
  });

  test("of a flood fills no disk, and what is kept and counted is exact", async () => {
    const size = 400_000_000;
    const flood = bench.order(`(seq 10; head -c ${String(size)} /dev/zero; echo; cat gate; seq 10) 2>&1`);
    // A pipe that nobody has opened for writing keeps the task waiting between flood and end.
    spawnSync("mkfifo", [join(bench.folder, "gate")]);
    bench.executor.start(flood);
    const file = join(bench.folder, "out", `${String(flood.task + 1)}.1.stdout`);
    while (!existsSync(file) || statSync(file).size < size) await sleep(5);
    while (statSync(file).blocks * 512 > 16 * 1024 * 1024) await sleep(5);
    writeFileSync(join(bench.folder, "gate"), "");
    const report = await bench.reportOf(flood);
    expect(report.ending).toEqual({ kind: "exited", code: 0 });
    const counted = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
    expect(report.stdoutBytes).toBe(size + 1 + 2 * counted.length);
    const kept = text(report, "stdout");
    expect(kept.startsWith(`${counted}\0`)).toBe(true);
    expect(kept.endsWith(`\0\n${counted}`)).toBe(true);
    const mark = `\n[stint: ${String(report.stdoutBytes - CAP)} bytes left out]\n`;
    expect(kept).toContain(mark);
    expect(kept.length).toBe(CAP + mark.length);
  });
});
