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

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, bootId: bootId(), startedAt: startOf(process.pid) ?? "" };
}

/** As it stands in a lock or pid file. */
export const describeHolder = ({ pid, bootId, startedAt }: ProcessIdentity): string =>
  `${String(pid)} ${bootId} ${startedAt}\n`;

/** Undefined when the text is not what {@link describeHolder} writes. */
export function parseHolder(text: string): ProcessIdentity | undefined {
  const found = /^(\d+) ([0-9a-f-]+) (\d*)\n$/u.exec(text);
  if (found === null) return undefined;
  const [, pid = "", bootId = "", startedAt = ""] = found;
  return { pid: Number(pid), bootId, startedAt };
}

export const isAlive = (one: ProcessIdentity): boolean =>
  one.bootId === bootId() && startOf(one.pid) === one.startedAt;

const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

/** Undefined when there is no such process, or only what is left of one that has ended. */
function startOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in brackets may hold spaces and brackets itself; state is field 3, the start field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}
