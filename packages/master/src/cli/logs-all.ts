/**
 * `stint logs --all`: what every task has printed, in the order of their numbers, of the attempt that counted. With
 * `--failed` only those that are given up at this moment: one that was retried and done is none of them.
 */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { howItEnded } from "../console/terminal/how-it-ended.js";
import { isGivenUp } from "../planner/attempts/attempts.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import { outputFinder } from "../store/find-output.js";
import { lostOutput, lostText } from "../store/lost-output.js";
import { resultLine } from "../store/result-line.js";
import { lookAtRun, type KnownRun, type LookFlags } from "./known-run.js";
import { printOutput, write, type OutputWishes } from "./print-output.js";

interface LogsAllFlags extends LookFlags, OutputWishes {
  readonly failed?: true | undefined;
}

export async function logsAll(flags: LogsAllFlags): Promise<ExitCode> {
  const counting = new Map<TaskIndex, ClosedAttempt>();
  const known = lookAtRun(flags, (_frame, _run, { attempts }) => {
    for (const one of attempts) if (countsMore(one, counting.get(one.task))) counting.set(one.task, one);
  });
  try {
    const outputs = outputFinder(known.folder.out);
    const { state, count } = known.run.attempts;
    if (flags.failed === true && count.failed + count.quarantined === 0)
      process.stderr.write("no task is failed for good\n");
    for (let index = 0; index < known.bag.size; index += 1) {
      const task = index as TaskIndex;
      const closed = counting.get(task);
      if (closed !== undefined && (flags.failed !== true || isGivenUp(state[task])))
        await print(known, { closed, outputs: outputs(closed) }, flags);
      counting.delete(task);
    }
  } finally {
    known.bag.close();
  }
  return EXIT.done;
}

/** The one that ended its task, else the last one. */
const countsMore = (one: ClosedAttempt, before: ClosedAttempt | undefined): boolean =>
  before === undefined ||
  one.outcome === "done" ||
  (before.outcome !== "done" && one.attempt > before.attempt);

interface Printed {
  readonly closed: ClosedAttempt;
  readonly outputs: ReturnType<ReturnType<typeof outputFinder>>;
}

async function print(
  { bag, run }: KnownRun,
  { closed, outputs }: Printed,
  flags: LogsAllFlags,
): Promise<void> {
  const id = bag.idOf(closed.task);
  if (flags.json === true) {
    const cluster = run.settings.clusters[closed.cluster]?.name ?? "";
    const named = { id, command: bag.commandOf(closed.task), cluster, closed, outputs };
    await write(process.stdout, `${resultLine(named, Infinity)}\n`);
    return;
  }
  const lost = lostOutput(outputs, closed).map((one) => `, ${lostText(one)}`);
  const isSilent = outputs.stdout === undefined && outputs.stderr === undefined && lost.length === 0;
  const printed = isSilent ? ", printed nothing" : lost.join("");
  const ended = `${howItEnded(closed)}, attempt ${String(closed.attempt)}${printed}`;
  // Whoever asks for one stream wants nothing but that, as in a file.
  if (flags.stdout !== true && flags.stderr !== true)
    await write(process.stderr, `==> ${String(closed.task + 1)} ${id} (${ended})\n`);
  await printOutput(outputs, flags);
}
