/** Why did a task run where and when it did, or why does it wait? As the reasons in the journal say. */
import { formatCount, formatDuration, formatMoney } from "@stint/shared/format.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { between } from "@stint/shared/units.js";
import { howItEnded } from "../../console/terminal/how-it-ended.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { Decision } from "../../planner/records.js";
import type { Run } from "../../planner/run-state.js";
import { viewRun } from "../../planner/view-run.js";
import { findTask } from "../../store/open-bag.js";
import { lookAtRun, shownFolder, type LookFlags } from "../known-run.js";
import { commandSubject, type Explained } from "./explained.js";
import type { Happened } from "./story.js";

export function explainTask(text: string, flags: LookFlags): Explained {
  let task = -1 as TaskIndex;
  const story: Happened[] = [];
  const { run, folder, bag } = lookAtRun(
    flags,
    (frame, _run, closed) => {
      const { at, kind } = frame.event;
      for (const one of closed.attempts)
        if (one.task === task) story.push({ at: one.endedAt, text: ending(one) });
      if (kind === "retry-asked") story.push({ at, text: "tasks that had failed for good are wanted again" });
      for (const decision of frame.decisions) {
        const said = saidOf(decision, task);
        if (said !== undefined) story.push({ at, text: said, because: decision.because });
      }
    },
    (known, where) => (task = findTask(known, text, shownFolder(where))),
  );
  const subject = commandSubject(bag, task);
  bag.close();
  const stands = [...standing(run, task)].map((line): Happened => ({ at: run.at, text: line }));
  return { run, folder, subject, story: [...story, ...stands] };
}

function saidOf(decision: Decision, task: TaskIndex): string | undefined {
  if (decision.kind === "start-attempts") {
    const start = decision.starts.find((one) => one.task === task);
    return start === undefined
      ? undefined
      : `attempt ${String(start.attempt)} (${KINDS[start.kind]}) is started on ${decision.machine}`;
  }
  if (decision.kind !== "cancel-attempts") return undefined;
  const cancelled = decision.attempts.find((one) => one.task === task);
  return cancelled && `attempt ${String(cancelled.attempt)} is cancelled on ${decision.machine}`;
}

const KINDS = {
  sample: "of the sample",
  pair: "of the sample, as a pair",
  run: "in its turn",
  retry: "a retry",
  replica: "a copy",
} as const;

function ending(closed: ClosedAttempt): string {
  const { attempt, outcome, machine, startedAt, endedAt, cost } = closed;
  const ran = formatDuration(between(startedAt, endedAt));
  const how = outcome === "done" || outcome === "spare" ? "" : ` (${howItEnded(closed)})`;
  return `attempt ${String(attempt)} ends as ${outcome}${how} on ${machine} after ${ran}, ${formatMoney(cost)}`;
}

/** Where it stands now, and what a waiting one waits for. */
function* standing(run: Run, task: TaskIndex): Generator<string> {
  const state = STATES[run.attempts.state[task] ?? 0];
  if (state !== "waiting") {
    yield `it is ${state ?? "unknown"}`;
    return;
  }
  const { waitingFor } = viewRun(run);
  const { waiting } = run.attempts.count;
  yield run.phase === "ended"
    ? "it waits: the run has ended without it"
    : `it waits: ${waitingFor ?? `${formatCount(waiting)} tasks wait, and are handed out in random order`}`;
}

const STATES = ["waiting", "running", "done", "failed for good", "in quarantine"] as const;
