/**
 * By what is a process known to have been started by a machine of this run? By two words of its environment,
 * which whatever it starts inherits. Looks through all processes of this computer; changes nothing.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { MachineId } from "@stint/shared/ids.js";

/** The name of a machine is unique in a run, the id of its bag on this computer. */
export interface Marks {
  readonly bagId: string;
  readonly machine: MachineId;
}

export const markedEnvironment = ({ bagId, machine }: Marks): Readonly<Record<string, string>> => ({
  STINT_BAG_ID: bagId,
  STINT_MACHINE: machine,
});

export interface SeenProcess {
  readonly pid: number;
  /** The process that began its session; what it started stays in it unless it begins one of its own. */
  readonly session: number;
  /** Absent as well where another user's environment may not be read. */
  readonly marks?: Marks;
}

export const sameMarks = (a: Marks, b: Marks): boolean => a.bagId === b.bagId && a.machine === b.machine;

/** All that run now, this one and the kernel's own excepted. */
export function lookAround(): readonly SeenProcess[] {
  const seen: SeenProcess[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const session = sessionOf(name);
    if (session === undefined) continue;
    const marks = marksOf(name);
    seen.push({ pid, session, ...(marks !== undefined && { marks }) });
  }
  return seen;
}

export const ownSession = (): number | undefined => sessionOf("self");

/** Set in the flags of what the kernel runs for itself. */
const KERNEL_THREAD = 0x0020_0000;

/** Undefined for one that has ended, and for the kernel's own. */
function sessionOf(pid: string): number | undefined {
  const stat = readOf(pid, "stat");
  if (stat === undefined) return undefined;
  // The name in brackets may hold spaces and brackets itself; state is field 3, session 6, flags 9.
  const [state, , , session, , , flags] = stat.slice(stat.lastIndexOf(")") + 2).split(" ", 7);
  if (state === "Z" || state === "X" || (Number(flags) & KERNEL_THREAD) !== 0) return undefined;
  return Number(session);
}

function marksOf(pid: string): Marks | undefined {
  const environment = readOf(pid, "environ");
  if (environment === undefined) return undefined;
  const bagId = valueIn(environment, "STINT_BAG_ID");
  const machine = valueIn(environment, "STINT_MACHINE");
  return bagId === undefined || machine === undefined ? undefined : { bagId, machine: machine as MachineId };
}

function valueIn(environment: string, name: string): string | undefined {
  const [, rest] = `\0${environment}`.split(`\0${name}=`, 2);
  return rest?.split("\0", 1)[0];
}

/** The words of a process's command line; none of one that is gone. */
export const commandOf = (pid: number): readonly string[] =>
  readOf(String(pid), "cmdline")?.split("\0") ?? [];

function readOf(pid: string, file: "stat" | "environ" | "cmdline"): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // Gone meanwhile, or not ours to read.
    return undefined;
  }
}
