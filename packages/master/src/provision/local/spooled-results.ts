/**
 * What had a local agent measured that nobody wrote down before it died? Reads its spool; to be asked only when
 * the agent and all it started are dead.
 */
import { readFile, stat } from "node:fs/promises";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { AttemptResult } from "@stint/shared/observation.js";
import { unacknowledged, type SpooledReport } from "@stint/shared/spool.js";
import { before, microseconds, type Instant } from "@stint/shared/units.js";
import type { AttemptsEnded } from "../../planner/attempts/records.js";

/** The run's time as a provider needs it. */
export interface MachineTime {
  now(): Instant;
  ofBoot(bootUs: number): Instant;
  bootAt(at: Instant): number;
}

/** Of one event: a journal's frame has a size. */
const RESULTS_MOST = 500;
/** A spool beyond this is not one that an agent writes. */
const SPOOL_BYTES_MOST = 256 * 1024 * 1024;

/** In the order in which they ended; none where there is no spool. */
export async function spooledResults(
  spool: string,
  machine: MachineId,
  time: MachineTime,
): Promise<readonly AttemptsEnded[]> {
  const results: AttemptResult[] = [];
  for (const { bootId, reports } of unacknowledged(await textOf(spool)))
    for (const report of reports) results.push(resultOf(report, bootId, time));
  const events: AttemptsEnded[] = [];
  for (let from = 0; from < results.length; from += RESULTS_MOST)
    events.push({
      kind: "attempts-ended",
      at: time.now(),
      machine,
      results: results.slice(from, from + RESULTS_MOST),
      credit: 0,
    });
  return events;
}

async function textOf(spool: string): Promise<string> {
  try {
    const { size } = await stat(spool);
    if (size > SPOOL_BYTES_MOST) throw new RangeError(`${spool} holds ${size} bytes`);
    return await readFile(spool, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw cause;
  }
}

function resultOf(report: SpooledReport, bootId: string, time: MachineTime): AttemptResult {
  const { task, attempt, ending, slot, stdoutBytes, stderrBytes, cpuUs, peakMemoryBytes } = report;
  return {
    task,
    attempt,
    ending,
    ...instantsOf(report, bootId, time),
    slot,
    stdoutBytes,
    stderrBytes,
    ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
    ...(cpuUs !== undefined && { cpu: microseconds(cpuUs) }),
  };
}

/**
 * An earlier boot's microseconds cannot be placed on the timeline any more; how long the attempt took is known
 * all the same, and that it was over before now.
 */
function instantsOf(
  { startedBootUs, endedBootUs }: SpooledReport,
  bootId: string,
  time: MachineTime,
): Pick<AttemptResult, "startedAt" | "endedAt"> {
  if (bootId === bootClock().bootId)
    return { startedAt: time.ofBoot(startedBootUs), endedAt: time.ofBoot(endedBootUs) };
  const endedAt = time.now();
  return { startedAt: before(endedAt, microseconds(endedBootUs - startedBootUs)), endedAt };
}
