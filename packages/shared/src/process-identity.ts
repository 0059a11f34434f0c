/**
 * Which process is meant by a number? Numbers are used again: a process is known by its number, when it was
 * started, and which boot of the machine that was.
 */
import { readFileSync } from "node:fs";

export interface ProcessIdentity {
  readonly pid: number;
  readonly bootId: string;
  /** In clock ticks since the machine booted. */
  readonly startedAt: string;
}

export const thisProcess = (): ProcessIdentity =>
  processWith(process.pid) ?? { pid: process.pid, bootId: bootId(), startedAt: "" };

/** Undefined when there is no such process, or only what is left of one that has ended. */
export function processWith(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, bootId: bootId(), startedAt };
}

/** As it stands in a lock or pid file. */
export const describeProcess = ({ pid, bootId, startedAt }: ProcessIdentity): string =>
  `${String(pid)} ${bootId} ${startedAt}\n`;

/** Undefined when the text is not what {@link describeProcess} writes. */
export function parseProcess(text: string): ProcessIdentity | undefined {
  const found = /^(\d+) ([0-9a-f-]+) (\d*)\n$/u.exec(text);
  if (found === null) return undefined;
  const [, pid = "", bootId = "", startedAt = ""] = found;
  return { pid: Number(pid), bootId, startedAt };
}

export const isAlive = (one: ProcessIdentity): boolean =>
  one.bootId === bootId() && startOf(one.pid) === one.startedAt;

const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

function startOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
  } catch {
    return undefined;
  }
  return startIn(stat);
}

/** When the process of a `/proc/PID/stat` was started; undefined when it has ended. */
function startIn(stat: string): string | undefined {
  // The name in brackets may hold spaces and brackets itself; state is field 3, the start field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}
