/** An executor with a folder of its own, and what its tests ask of it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { AttemptNumber, TaskId, TaskIndex } from "@stint/shared/ids.js";
import type { TaskOrder, TaskReport } from "@stint/shared/wire/messages.js";
import { executor, type Executor } from "../../packages/worker/src/execute.js";
import { spawnLauncher } from "../../packages/worker/src/launch/spawn-launcher.js";

/** Small, so that a flood is soon one. */
export const CAP = 64 * 1024;

export interface TaskBench {
  readonly folder: string;
  readonly executor: Executor;
  readonly reports: readonly TaskReport[];
  readonly troubles: readonly string[];
  order(line: string, wish?: Partial<TaskOrder>): TaskOrder;
  reportOf(order: Pick<TaskOrder, "task">): Promise<TaskReport>;
  run(line: string, wish?: Partial<TaskOrder>): Promise<TaskReport>;
  output(report: TaskReport, stream: "stdout" | "stderr"): Buffer;
  outputs(): readonly string[];
  /** What a task writes into a file of the folder, once it has written a line. */
  appearance(file: string): Promise<string>;
  remove(): Promise<void>;
}

export function taskBench(slots: number, bagSize = 30): TaskBench {
  const folder = mkdtempSync(join(tmpdir(), "stint-execute-"));
  const outFolder = join(folder, "out");
  mkdirSync(outFolder);
  const reports: TaskReport[] = [];
  const troubles: string[] = [];
  const listeners: (() => void)[] = [];
  const running = executor({
    config: {
      ...{ machine: "here-1", cluster: "here", bagId: "bag", bagSize, slots },
      ...{ cwd: folder, outputCapBytes: CAP, outFolder, scratchFolder: join(folder, "scratch") },
    },
    inherited: {
      PATH: process.env["PATH"] ?? "",
      FROM: "submitter",
      BOTH: "submitter",
      STINT_OUTPUT_DIR: "/its/own",
    },
    launcher: spawnLauncher,
    clock: bootClock(),
    report(report) {
      reports.push(report);
      for (const tell of listeners.splice(0)) tell();
    },
    onTrouble: (text) => troubles.push(text),
  });
  let orders = 0;
  const order: TaskBench["order"] = (line, wish = {}) => ({
    task: orders++ as TaskIndex,
    attempt: 1 as AttemptNumber,
    id: "some" as TaskId,
    command: { kind: "shell", line },
    ...{ env: {}, slowdown: 1, replica: 0 },
    ...wish,
  });
  const reportOf: TaskBench["reportOf"] = async ({ task }) => {
    for (;;) {
      const found = reports.find((report) => report.task === task);
      if (found !== undefined) return found;
      await new Promise<void>((tell) => listeners.push(tell));
    }
  };
  return {
    ...{ folder, executor: running, reports, troubles, order, reportOf },
    run(line, wish) {
      const given = order(line, wish);
      running.start(given);
      return reportOf(given);
    },
    output: ({ task, attempt }, stream) =>
      readFileSync(join(outFolder, `${String(task + 1)}.${String(attempt)}.${stream}`)),
    outputs: () => readdirSync(outFolder),
    async appearance(file) {
      const path = join(folder, file);
      while (!existsSync(path) || !readFileSync(path, "utf8").endsWith("\n")) await sleep(5);
      return readFileSync(path, "utf8").trim();
    },
    async remove() {
      await running.end(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Not merely dead and waiting to be waited for. */
export function isRunning(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !["Z", "X"].includes(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

export async function death(pid: string): Promise<void> {
  while (isRunning(pid)) await sleep(5);
}
