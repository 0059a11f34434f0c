/** Is this computer one that runs can be on: its system, Node, clock, cores and memory, and what tasks can be held to? */
import { existsSync } from "node:fs";
import { platform, release } from "node:os";
import { bootClock } from "@stint/shared/boot-clock.js";
import { EXIT, TroubleError } from "@stint/shared/failures.js";
import { formatCount } from "@stint/shared/format.js";
import { thisMachine } from "../input/this-machine.js";
import { agentProgram } from "../live/agent-program.js";
import { refuseElsewhere } from "../platform.js";
import { good, refuse, warn, type Check } from "./check.js";

export function checkComputer(): Check[] {
  return [
    checkSystem(),
    checkNode(process.versions.node),
    checkClock(),
    checkRoom(),
    checkAgent(),
    checkLimits(),
  ];
}

function checkSystem(): Check {
  try {
    refuseElsewhere();
    return good("system", `${platform()} ${release()}`);
  } catch (cause) {
    if (!(cause instanceof TroubleError)) throw cause;
    return refuse("system", platform(), cause.trouble.expected, EXIT.provider);
  }
}

/** The least of each line of Node that is kept up; a line between two of them is not. */
const NODES: readonly (readonly [number, number])[] = [
  [20, 19],
  [22, 13],
  [24, 0],
];

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const newest = NODES.at(-1)?.[0] ?? 0;
  const fits = major > newest || NODES.some(([line, least]) => line === major && minor >= least);
  if (fits) return good("node", version);
  return refuse("node", version, "Node 20.19, 22.13, 24 or newer is needed", EXIT.usage);
}

/** Before this nobody had a stint: a clock that says so was never set. */
const EARLIEST = Date.UTC(2024, 0, 1);

function checkClock(): Check {
  try {
    const { nowUs } = bootClock();
    const [first, second] = [nowUs(), nowUs()];
    if (second < first)
      return refuse("clock", "the time since boot goes back", "leases cannot be kept", EXIT.provider);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : "no time since boot";
    return refuse("clock", found, "the time since boot is needed: is /proc there?", EXIT.provider);
  }
  const now = new Date();
  return now.getTime() >= EARLIEST
    ? good("clock", now.toISOString())
    : warn(
        "clock",
        now.toISOString(),
        "the clock is not set: instants in tables will be wrong, durations right",
      );
}

const GIGABYTE = 1e9;

function checkRoom(): Check {
  const { cpus, memory } = thisMachine();
  return good("room", `${formatCount(cpus)} cores, ${(memory / GIGABYTE).toFixed(1)} GB for tasks`);
}

function checkAgent(): Check {
  const program = agentProgram();
  return existsSync(program)
    ? good("agent", program)
    : refuse(
        "agent",
        `no ${program}`,
        "the installation is not whole: build or install it again",
        EXIT.provider,
      );
}

/** Agents find what a task started by the environment that it inherits. */
function checkLimits(): Check {
  return existsSync("/proc/self/environ")
    ? good("limits", "all that a task starts is ended with it; its memory and cores are not limited")
    : warn("limits", "no /proc/self/environ", "what a task leaves running may go on after it");
}
