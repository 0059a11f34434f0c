/** Calls the built `stint` as a person would, in a folder of its own, and reads what it left there. */
import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Summary } from "../../packages/master/src/planner/report/summary.js";

export const BIN = fileURLToPath(new URL("../../packages/master/bin/stint.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Called {
  readonly child: ChildProcess;
  /** What it has said on standard error so far. */
  readonly said: () => string;
  readonly ended: Promise<Ended>;
}

/** A folder with bags, clusters and runs; removed by {@link Place.remove}. */
export interface Place {
  readonly path: string;
  write(name: string, content: string): string;
  read(name: string): string;
  /** Starts `stint` there. */
  call(...args: string[]): Called;
  /** Runs `stint` there to its end. */
  stint(...args: string[]): Promise<Ended>;
  /** The same with this file of the place as standard input. */
  stintReading(name: string, ...args: string[]): Promise<Ended>;
  /** The only run's folder, or the latest one. */
  run(): RunFiles;
  remove(): void;
}

export function newPlace(): Place {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "stint-journey-")));
  const call = (...args: string[]): Called => callStint(path, args);
  return {
    path,
    write(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    call,
    stint: (...args) => call(...args).ended,
    async stintReading(name, ...args) {
      const input = openSync(join(path, name), "r");
      try {
        return await callStint(path, args, input).ended;
      } finally {
        closeSync(input);
      }
    },
    run: () => filesOfRun(realpathSync(join(path, "runs", "latest"))),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function callStint(cwd: string, args: readonly string[], input: "ignore" | number = "ignore"): Called {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    stdio: [input, "pipe", "pipe"],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, said: () => stderr, ended };
}

/** One row of joblog.tsv, attempts.csv or machines.csv by the names of its columns. */
export type Fields = Readonly<Record<string, string>>;

export interface RunFiles {
  readonly path: string;
  readonly summary: () => Summary;
  readonly joblog: () => readonly Fields[];
  readonly attempts: () => readonly Fields[];
  readonly machines: () => readonly Fields[];
  /** Output of an attempt; absent where there is no file. */
  readonly output: (task: number, attempt: number, stream: "stdout" | "stderr") => Buffer | undefined;
  readonly outputs: () => readonly string[];
}

export function filesOfRun(path: string): RunFiles {
  const rows = (name: string, separator: string): readonly Fields[] => {
    const [header = "", ...lines] = readFileSync(join(path, name), "utf8").trimEnd().split("\n");
    const names = header.split(separator);
    return lines.map((line) =>
      Object.fromEntries(line.split(separator).map((value, column) => [names[column] ?? "", value])),
    );
  };
  return {
    path,
    summary: () => JSON.parse(readFileSync(join(path, "summary.json"), "utf8")) as Summary,
    joblog: () => rows("joblog.tsv", "\t"),
    attempts: () => rows("attempts.csv", ","),
    machines: () => rows("machines.csv", ","),
    output(task, attempt, stream) {
      try {
        return readFileSync(join(path, "out", `${String(task)}.${String(attempt)}.${stream}`));
      } catch {
        return undefined;
      }
    },
    outputs: () => readdirSync(join(path, "out")),
  };
}

/** Dollars as an exact number of micro-dollars. */
export const micro = (usd: string | number): number => Math.round(Number(usd) * 1_000_000);

/** Processes on this computer whose environment names this run; none may be left when it is over. */
export function processesOf(run: RunFiles): number[] {
  const { bag_id: bagId } = JSON.parse(readFileSync(join(run.path, "run.json"), "utf8")) as {
    bag_id: string;
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).split("\0").includes(`STINT_BAG_ID=${bagId}`));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, "utf8");
  } catch {
    return "";
  }
}

/** Resolves when `holds` does; looks again and again. */
export async function until(holds: () => boolean, what: string, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${String(seconds)} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
