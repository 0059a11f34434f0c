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

export interface Look {
  readonly processes: readonly SeenProcess[];
  /** False when something may have been missed: too much was born meanwhile, or was between two programs. */
  readonly isWhole: boolean;
}

/** As long as each listing shows somebody new there is no end; whatever starts processes so fast is rare. */
const LISTINGS_MOST = 100;

/**
 * All that run now, this process and the kernel's own excepted. Whoever starts another and ends while it is being
 * looked for is known by that other: the list is taken again until nobody on it is new.
 */
export function lookAround(): Look {
  const processes: SeenProcess[] = [];
  const known = new Set([process.pid]);
  let isWhole = false;
  let unclear = false;
  for (let listing = 0; listing < LISTINGS_MOST && !isWhole; listing += 1) {
    const fresh = listed().filter((pid) => !known.has(pid));
    isWhole = fresh.length === 0;
    for (const pid of fresh) {
      known.add(pid);
      const seen = lookAt(pid);
      if (seen === "unclear") unclear = true;
      else if (seen !== undefined) processes.push(seen);
    }
  }
  return { processes, isWhole: isWhole && !unclear };
}

const listed = (): readonly number[] => readdirSync("/proc").map(Number).filter(Number.isInteger);

/** Undefined for one that has ended, and for the kernel's own. */
function lookAt(pid: number): SeenProcess | "unclear" | undefined {
  const session = sessionOf(pid);
  const environment = readOf(pid, "environ");
  if (session === undefined) return undefined;
  // While one program is replaced by the next, neither environment nor command line can be read.
  if (environment === "" && readOf(pid, "cmdline") === "") return "unclear";
  const marks = environment === undefined ? undefined : marksIn(environment);
  return { pid, session, ...(marks !== undefined && { marks }) };
}

export const ownSession = (): number | undefined => sessionOf("self");

/** Set in the flags of what the kernel runs for itself. */
const KERNEL_THREAD = 0x0020_0000;

function sessionOf(pid: number | "self"): number | undefined {
  const stat = readOf(pid, "stat");
  if (stat === undefined) return undefined;
  // The name in brackets may hold spaces and brackets itself; state is field 3, session 6, flags 9.
  const [state, , , session, , , flags] = stat.slice(stat.lastIndexOf(")") + 2).split(" ", 7);
  if (state === "Z" || state === "X" || (Number(flags) & KERNEL_THREAD) !== 0) return undefined;
  return Number(session);
}

function marksIn(environment: string): Marks | undefined {
  const bagId = valueIn(environment, "STINT_BAG_ID");
  const machine = valueIn(environment, "STINT_MACHINE");
  return bagId === undefined || machine === undefined ? undefined : { bagId, machine: machine as MachineId };
}

function valueIn(environment: string, name: string): string | undefined {
  const [, rest] = `\0${environment}`.split(`\0${name}=`, 2);
  return rest?.split("\0", 1)[0];
}

/** The words of a process's command line; none of one that is gone. */
export const commandOf = (pid: number): readonly string[] => readOf(pid, "cmdline")?.split("\0") ?? [];

function readOf(pid: number | "self", file: "stat" | "environ" | "cmdline"): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
  } catch {
    // Gone meanwhile, or not ours to read.
    return undefined;
  }
}
