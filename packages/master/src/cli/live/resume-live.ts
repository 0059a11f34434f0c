/**
 * Takes a run up again: applies what was recorded, carries out again whatever has no outcome, and goes on with
 * the event `resumed`. Nothing of the past is decided anew.
 */
import { TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { newChronicle } from "../../console/model/chronicle.js";
import { carryOutAgain } from "../../drive/carry-out.js";
import { resumedAnchor } from "../../drive/live-clock.js";
import { allEnded, type Attempts } from "../../planner/attempts/attempts.js";
import { headline } from "../../planner/headline.js";
import { extendBag } from "../../store/extend-bag.js";
import { lockRun } from "../../store/lock-run.js";
import { becomeLatest, findRun } from "../../store/run-folder.js";
import { provenSeal, type BagSeal } from "../../store/seal-bag.js";
import { extensionLines } from "./extension-lines.js";
import { tornLines } from "./live-words.js";
import { openRunViews, type RunViews } from "./run-views.js";
import { replayRun } from "../replay/replay-run.js";
import type { HeldRun } from "./begin-run.js";
import { keepRun, keptRun, refuseBadEnvironment, runSecret } from "./kept.js";
import type { ResumeRequest } from "./requests.js";
import { refuseLosses, refuseTwoDocuments } from "./result-places.js";
import { seeThrough } from "./see-through.js";

export async function resumeLive(request: ResumeRequest): Promise<ExitCode> {
  const folder = findRun(request.run, request.runs);
  const lock = lockRun(folder);
  const before = keptRun(folder);
  refuseTwoDocuments(before.results.lines, request.manner.json);
  refuseBadEnvironment(folder);
  const named = namedAgain(before.envNames, request.environmentNow, folder.path);
  let seal = provenSeal(folder.bag, before.bagSeals);
  // The seal, then the kept bag, then the journal: what comes between is made up for by the next resume.
  const sealed = (longer: BagSeal): void => {
    keepRun(folder, { ...before, bagSeals: [seal, longer] });
    seal = longer;
  };
  if (request.bag !== undefined) refuseLosses(before.results, [request.bag.name]);
  const extension = request.bag && (await extendBag(folder.bag, request.bag, sealed));
  const chronicle = newChronicle(headline);
  let views: RunViews | undefined;
  const { run, end, bag, sessions } = replayRun(folder, before, (known) => {
    const opened = (views = openRunViews(folder, known, before));
    return (...seen) => {
      opened.seenBefore(...seen);
      chronicle.seen(...seen);
    };
  });
  const kept = { ...before, bagSeals: [seal], anchor: resumedAnchor(before.anchor, run.at) };
  keepRun(folder, kept);
  const retries = request.retryFailed === true;
  if (retries) refuseWithoutFailed(run.attempts.count, folder.path);
  const grows = bag.size > run.shape.size;
  const isOver =
    !retries && !grows && run.phase === "ended" && (request.unlessEnded === true || allEnded(run.attempts));
  if (!isOver) becomeLatest(folder);
  const held: HeldRun = { folder, lock, kept, bag, secret: runSecret(folder), run, end };
  return seeThrough(held, {
    manner: request.manner,
    named,
    sessions,
    notes: [
      ...tornLines(end.torn),
      ...extensionLines(run, bag.size, extension),
      ...(isOver ? ["Every task of this run has ended: there is nothing to go on with."] : []),
    ],
    views: views ?? openRunViews(folder, bag, before),
    chronicle,
    begin({ deliver, now, ports }) {
      if (isOver) return;
      carryOutAgain(run, ports);
      if (retries) deliver({ kind: "retry-asked", at: now() });
      deliver({
        kind: "resumed",
        at: now(),
        ...(request.choose !== undefined && { choose: request.choose }),
        ...(request.yes !== undefined && { yes: request.yes }),
        ...(request.whenShort !== undefined && { whenShort: request.whenShort }),
        ...(request.halt !== undefined && { halt: request.halt }),
        ...(grows && { bagSize: bag.size }),
        ...(end.torn > 0 && { droppedBytes: end.torn }),
      });
    },
  });
}

function refuseWithoutFailed(count: Attempts["count"], where: string): void {
  if (count.failed + count.quarantined > 0) return;
  throw new TroubleError({
    kind: "usage",
    code: "no-failed-tasks",
    where,
    found: "no task that failed for good",
    expected: "a run with failed tasks",
    hint:
      count.waiting + count.running > 0
        ? "to do what is left: stint resume"
        : "stint report, for what came of them",
  });
}

/** Variables named with `--env` were not stored: they must be there again. */
function namedAgain(
  names: readonly string[],
  now: ResumeRequest["environmentNow"],
  where: string,
): Record<string, string> {
  const named: Record<string, string> = {};
  for (const name of names) {
    const value = now[name];
    if (value === undefined)
      throw new TroubleError({
        kind: "usage",
        code: "variable-missing",
        where,
        found: `no variable ${name} in the environment`,
        expected: `${name}, which the run was begun with (--env ${name}); its value is not stored`,
        hint: `${name}=… stint resume`,
      });
    named[name] = value;
  }
  return named;
}
