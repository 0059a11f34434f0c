import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Cluster } from "@stint/shared/cluster.js";
import type { TroubleError } from "@stint/shared/failures.js";
import type { AttemptNumber, ClusterName, MachineId, TaskId, TaskIndex } from "@stint/shared/ids.js";
import { after, instant, microUsd, microUsdPerHour, seconds } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { ClosedMachine } from "../planner/machines/closed.js";
import type { Frame } from "../planner/records.js";
import { newRun, type Run } from "../planner/run-state.js";
import { openViews, type ViewFiles, type Views } from "./views.js";

let folder = "";
let files: Required<ViewFiles>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-views-"));
  const at = (name: string): string => join(folder, name);
  files = { joblog: at("joblog.tsv"), attempts: at("attempts.csv"), machines: at("machines.csv") };
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const small: Cluster = {
  name: "small" as ClusterName,
  provider: "local",
  most: 2,
  slots: 1,
  tariff: { price: microUsdPerHour(40_000), atu: seconds(10), minimum: seconds(0), grace: seconds(1) },
  bootLimit: seconds(30),
  bootExpected: seconds(1),
  speed: 1,
};
const review = seconds(300);
const beganAt = instant(1_767_323_045_678_901);
const later = (span: number): ClosedAttempt["startedAt"] => after(beganAt, seconds(span));
const frame: Frame = { event: { kind: "time-passed", at: beganAt }, decisions: [] };

const ended: ClosedAttempt = {
  task: 0 as TaskIndex,
  attempt: 1 as AttemptNumber,
  kind: "run",
  outcome: "done",
  cluster: 0,
  machine: "small-1" as MachineId,
  slot: 1,
  startedAt: later(2.5),
  endedAt: later(4.250001),
  exitCode: 0,
  stdoutBytes: 1234,
  stderrBytes: 0,
  cost: microUsd(19),
};
const gone: ClosedMachine = {
  machine: "small-1" as MachineId,
  cluster: 0,
  rentedAt: later(0.25),
  readyAt: later(1),
  releasedAt: later(8),
  billedFrom: later(0.25),
  billedTo: later(10.25),
  cost: microUsd(112),
  periods: [{ from: later(0.25), to: later(10.25), price: microUsdPerHour(40_000), cost: microUsd(112) }],
  waste: { boot: microUsd(9), idle: microUsd(84), rounding: microUsd(0) },
};

const commands = ["echo one", "printf 'a\\tb'\techo\nnext\r", 'awk "{print $1}"'];
const ids = ["a1", 'with "quotes", comma', "line\nbreak"];
const tasks = {
  idOf: (task: TaskIndex): TaskId => ids[task] as TaskId,
  commandOf: (task: TaskIndex): string => commands[task] ?? "",
};
const failing = (trouble: TroubleError): never => {
  throw trouble;
};
const opened = (truncate = true): Views => openViews(files, { truncate, tasks, onTrouble: failing });

function show(views: Views, attempts: ClosedAttempt[], machines: ClosedMachine[] = []): void {
  const run: Run = newRun(
    { name: "x", clusters: [small], seed: 1, review, wait: review, strict: false, yes: true, without: [] },
    { size: 3, retriesOf: () => 0, mayBeCopied: () => false },
    beganAt,
  );
  views.seen(frame, run, { attempts, machines });
}
const lines = (path: string): string[] => readFileSync(path, "utf8").split("\n");

describe("the views of a run", () => {
  test("have the columns that were promised, with nothing in them before something has ended", () => {
    opened().close();
    expect(readFileSync(files.joblog, "utf8")).toBe(
      "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tAttempt\tCluster\tMachine\tCostUsd\tKind\tOutcome\tCommand\n",
    );
    expect(lines(files.attempts)).toEqual([
      "task_id,attempt,kind,cluster,machine,slot,started_s,ended_s,outcome",
      "",
    ]);
    expect(lines(files.machines)).toEqual([
      "machine,cluster,rented_at_s,ready_at_s,released_at_s,billed_from_s,billed_to_s,price_usd_h,addons_usd,cost_usd",
      "",
    ]);
  });

  test("show an attempt with its process's times and its cost", () => {
    const views = opened();
    show(views, [ended]);
    views.close();
    expect(lines(files.joblog)[1]).toBe(
      "1\tsmall-1\t1767323048.178901\t1.750001\t0\t1234\t0\t0\t1\tsmall\tsmall-1\t0.000019\trun\tdone\techo one",
    );
    expect(lines(files.attempts)[1]).toBe("a1,1,run,small,small-1,1,2.500000,4.250001,done");
  });

  test("show a machine with its bill", () => {
    const views = opened();
    show(views, [], [gone]);
    const { readyAt: _, ...neverReady } = { ...gone, machine: "small-2" as MachineId };
    show(views, [], [neverReady]);
    views.close();
    expect(lines(files.machines).slice(1)).toEqual([
      "small-1,small,0.250000,1.000000,8.000000,0.250000,10.250000,0.040000,0.000000,0.000112",
      "small-2,small,0.250000,,8.000000,0.250000,10.250000,0.040000,0.000000,0.000112",
      "",
    ]);
  });

  test("show what is unknown as empty, an exit code that never was as -1, a signal as its number", () => {
    const { slot: _, exitCode: __, ...base } = ended;
    const views = opened();
    show(views, [
      { ...base, outcome: "lost", kind: "retry" },
      { ...base, outcome: "failed", signal: "SIGKILL" },
      { ...base, outcome: "failed", signal: "TERM" },
      { ...base, outcome: "spare", kind: "pair" },
    ]);
    views.close();
    const cells = lines(files.joblog)
      .slice(1, 5)
      .map((row) => row.split("\t"));
    expect(cells.map((row) => [row[6], row[7], row[12]])).toEqual([
      ["-1", "0", "retry"],
      ["-1", "9", "run"],
      ["-1", "15", "run"],
      ["-1", "0", "sample"],
    ]);
    expect(lines(files.attempts)[1]).toBe("a1,1,retry,small,small-1,,2.500000,4.250001,lost");
  });

  test("stay one row an attempt whatever a command or an id holds", () => {
    const views = opened();
    show(views, [ended, { ...ended, task: 1 as TaskIndex }, { ...ended, task: 2 as TaskIndex }]);
    views.close();
    expect(
      lines(files.joblog)
        .slice(1)
        .map((row) => row.split("\t")[14]),
    ).toEqual(["echo one", "printf 'a\\\\tb'\\techo\\nnext\\r", 'awk "{print $1}"', undefined]);
    const rows: string[][] = parse(readFileSync(files.attempts));
    expect(rows.slice(1).map((row) => row[0])).toEqual(ids);
  });

  test("begin anew when they are rebuilt, and go on otherwise", () => {
    for (const truncate of [true, false, false, true, false]) {
      const views = opened(truncate);
      show(views, [ended], [gone]);
      views.close();
    }
    expect(lines(files.joblog).map((row) => row.slice(0, 3))).toEqual(["Seq", "1\ts", "1\ts", ""]);
    expect(lines(files.machines)).toHaveLength(4);
  });

  test("can be looked at a second later, without an end of the run", () => {
    vi.useFakeTimers();
    const views = opened();
    show(views, [ended]);
    expect(lines(files.joblog)).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(lines(files.joblog)).toHaveLength(3);
    views.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("are written only where they are asked for, and a joblog alone needs no ids", () => {
    const views = openViews(
      { joblog: files.joblog },
      { truncate: true, onTrouble: failing, tasks: { ...tasks, idOf: () => expect.unreachable() } },
    );
    show(views, [ended], [gone]);
    views.close();
    expect(lines(files.joblog)).toHaveLength(3);
    expect(() => lines(files.attempts)).toThrow("ENOENT");
  });
});

describe("views that cannot be written", () => {
  test("are told of once, with the file, and the run goes on", () => {
    const troubles: TroubleError[] = [];
    const views = openViews(
      { attempts: "/dev/full" },
      { truncate: false, tasks, onTrouble: (trouble) => troubles.push(trouble) },
    );
    for (let round = 0; round < 3; round += 1) {
      show(views, [ended]);
      views.flush();
    }
    views.close();
    expect(troubles.map(({ trouble }) => trouble)).toMatchObject([
      { code: "file-unusable", where: "/dev/full", hint: expect.stringContaining("make room") as string },
    ]);
  });

  const limitFiles = (bytes: number | "unlimited"): boolean =>
    spawnSync("prlimit", [`--pid=${String(process.pid)}`, `--fsize=${String(bytes)}:`]).status === 0;

  test.skipIf(!limitFiles("unlimited"))("have every row once when there is room again", () => {
    const survive = (): void => undefined;
    process.on("SIGXFSZ", survive);
    const troubles: TroubleError[] = [];
    const views = openViews(files, { truncate: true, tasks, onTrouble: (trouble) => troubles.push(trouble) });
    const attempts = Array.from({ length: 200 }, (_, count) => ({
      ...ended,
      attempt: (count + 1) as AttemptNumber,
    }));
    try {
      show(views, attempts.slice(0, 50));
      limitFiles(1_000);
      views.flush();
      show(views, attempts.slice(50, 100));
      views.flush();
    } finally {
      limitFiles("unlimited");
      process.off("SIGXFSZ", survive);
    }
    show(views, attempts.slice(100));
    views.close();
    expect(troubles).toHaveLength(2);
    expect(
      lines(files.attempts)
        .slice(1, -1)
        .map((row) => row.split(",")[1]),
    ).toEqual(attempts.map(({ attempt }) => String(attempt)));
  });
});
