/**
 * How a run ends, and how it comes back. Winding up starts nothing, gives machines back as they fall idle (or
 * at once), and ends when none may exist any more.
 */
import { addTime, after, between, seconds, type Instant } from "@stint/shared/units.js";
import { allEnded, type ActiveAttempt } from "./attempts/attempts.js";
import type { CancelAttempts } from "./attempts/records.js";
import { forgetLimits } from "./machines/apply-machines.js";
import type { ReleaseMachine } from "./machines/records.js";
import type { BeginStopping, Decision, EndRun, Resumed, StopAsked } from "./records.js";
import type { Run, Stopping } from "./run-state.js";
import type { EndState } from "./vocabulary/phase.js";
import type { StopBecause } from "./stop-because.js";

/** How long running tasks may go on after a first Ctrl-C. */
export const DRAIN = seconds(30);

export function applyBeginStopping(run: Run, decision: BeginStopping): void {
  if (run.phase === "sampling" || run.phase === "choosing" || run.phase === "running")
    run.resumesAs = run.phase;
  run.phase = "stopping";
  run.paused = false;
  run.stopping = {
    state: decision.state,
    now: decision.now,
    since: run.stopping === undefined || waitsForTasks(run.stopping) ? run.at : run.stopping.since,
    because: decision.because,
  };
}

export function applyEndRun(run: Run, decision: EndRun): void {
  run.phase = "ended";
  run.endState = decision.state;
  run.report.endedAt = run.at;
}

/** Whoever was connected must say hello again; until then nothing new is given to them. */
export function applyResumed(run: Run, event: Resumed): void {
  const { planOnly: _, ...settings } = run.settings;
  run.settings = settings;
  if (event.choose !== undefined) run.settings = { ...run.settings, choose: event.choose };
  if (event.yes !== undefined) run.settings = { ...run.settings, yes: event.yes };
  if (event.whenShort !== undefined) run.settings = { ...run.settings, whenShort: event.whenShort };
  if (event.halt !== undefined) run.settings = { ...run.settings, halt: event.halt };
  for (const machine of run.machines.live.values()) {
    machine.silentSince ??= event.at;
    machine.unheard = true;
    // What its agent could take was said on a connection that is gone; it will be said again.
    machine.credit = 0;
  }
  run.paused = false;
  run.attempts.hungry.clear();
  run.attempts.givenUp = 0;
  run.attempts.endedNow = 0;
  forgetLimits(run);
  run.offer.refused = false;
  run.money.short = false;
  run.review.shortInARow = 0;
  run.review.awaited = undefined;
  if (allEnded(run.attempts)) return;
  run.report.resumed += 1;
  postpone(run);
  excuseFirstFailures(run);
  if (run.phase === "stopping" || run.phase === "ended") run.phase = run.resumesAs;
  run.stopping = undefined;
  run.endState = undefined;
  run.report.endedAt = undefined;
  if (run.phase === "choosing") {
    // What was asked died with the master that asked, and what was offered is old.
    run.offer.awaited = undefined;
    run.offer.offers = undefined;
  }
  if (run.phase === "running" && run.offer.inForce !== undefined) run.review.urgent ??= "resumed";
}

/** Nobody promised anything for the time in which the run stood still: what was promised moves on by it. */
function postpone({ at, offer, report }: Run): void {
  if (report.endedAt === undefined) return;
  const still = between(report.endedAt, at);
  if (report.firstRentAt !== undefined) report.stood = addTime(report.stood, still);
  if (offer.acceptedAt !== undefined) {
    offer.acceptedAt = after(offer.acceptedAt, still);
    offer.stoodSince = addTime(offer.stoodSince, still);
  }
  if (offer.later !== undefined) offer.later = { ...offer.later, at: after(offer.later.at, still) };
}

/** The reasons for which a run winds up by itself. */
export function dueStop(run: Run): BeginStopping | undefined {
  if (run.phase === "stopping" || run.phase === "ended") return undefined;
  if (allEnded(run.attempts)) {
    return stop(endOfAll(run), true, allHaveEnded(run));
  }
  return firstAllFailed(run)
    ? stop("failed-tasks", true, { kind: "first-attempts-all-failed", attempts: run.attempts.first.ended })
    : undefined;
}

const FIRST_FAILURES = 5;

/**
 * Most likely the command itself is wrong. While money goes into learning each attempt counts; where nothing is
 * learnt, so many different tasks must have failed: few that are tried again and again may be meant so. Whoever said
 * when failures stop the run is taken at their word.
 */
function firstAllFailed({ attempts: { first }, phase, sample, settings }: Run): boolean {
  if (settings.halt !== undefined || first.excused || first.failed < first.ended) return false;
  const learns = phase === "sampling";
  if (!learns && sample.size > 0) return false;
  return (learns ? first.ended : first.tasksFailed) >= Math.max(FIRST_FAILURES, settings.clusters.length);
}

/** Who takes the run up again after that wants it to go on; unless what failed is tried again, which may tell more. */
function excuseFirstFailures({ attempts: { first }, stopping }: Run): void {
  if (stopping?.because.kind === "first-attempts-all-failed" && first.failed > 0) first.excused = true;
}

function allHaveEnded({ attempts }: Run): StopBecause {
  const { done, failed, quarantined } = attempts.count;
  return { kind: "all-tasks-ended", done, failed, ...(quarantined > 0 && { quarantined }) };
}

const endOfAll = ({ attempts: { count }, shape }: Run): EndState =>
  count.done === shape.size ? "done" : "failed-tasks";

export function answerStop(run: Run, event: StopAsked): BeginStopping | undefined {
  if (run.phase === "ended") return undefined;
  if (event.how === "drain" && alreadyAsked(run)) return undefined;
  const state = run.stopping?.state ?? "stopped";
  return stop(state, event.how === "now", { kind: "asked-to-stop", how: event.how });
}

/** Somebody has asked for it, and what runs is on its way to its end. */
const alreadyAsked = ({ stopping }: Run): boolean => stopping?.because.kind === "asked-to-stop";

export const stop = (state: EndState, now: boolean, because: StopBecause): BeginStopping => ({
  kind: "begin-stopping",
  state,
  now,
  because,
});

/** What winding up orders at this instant. */
export function windUp(run: Run): Decision[] {
  if (run.phase !== "stopping" || run.stopping === undefined) return [];
  const hurry = run.stopping.now || run.at >= drainEnd(run);
  const decisions: Decision[] = hurry ? cancelAll(run) : [];
  for (const machine of run.machines.live.values()) {
    if (machine.state === "releasing") continue;
    const busy = machine.active > 0 && !hurry;
    if (!busy) decisions.push(releaseAtEnd(machine.id));
  }
  return decisions;
}

const releaseAtEnd = (machine: ReleaseMachine["machine"]): ReleaseMachine => ({
  kind: "release-machine",
  machine,
  because: { kind: "run-is-over" },
});

function cancelAll(run: Run): CancelAttempts[] {
  const byMachine = new Map<ReleaseMachine["machine"], ActiveAttempt[]>();
  for (const active of run.attempts.active.values()) {
    if (active.cancelled) continue;
    byMachine.set(active.machine, [...(byMachine.get(active.machine) ?? []), active]);
  }
  return [...byMachine].map(([machine, attempts]) => ({
    kind: "cancel-attempts",
    machine,
    attempts: attempts.map(({ task, attempt }) => ({ task, attempt })),
    because: { kind: "run-is-over" },
  }));
}

/** When running tasks are no longer waited for. */
export const drainEnd = (run: Run): Instant =>
  run.stopping === undefined || waitsForTasks(run.stopping)
    ? after(run.at, DRAIN)
    : after(run.stopping.since, DRAIN);

/** Money that ended lets them run to what is paid, a halt to their end. */
const waitsForTasks = ({ state, because }: Stopping): boolean =>
  state === "budget-too-low" || because.kind === "too-many-failed";

/** The last record: nothing may exist any more. */
export function dueEnd(run: Run): EndRun | undefined {
  if (run.phase !== "stopping" || run.stopping === undefined || run.machines.live.size > 0) return undefined;
  // Whoever asked for an end while the last tasks ended has all of them.
  const { because } = run.stopping;
  if (!allEnded(run.attempts)) return { kind: "end-run", state: run.stopping.state, because };
  const told = because.kind === "asked-to-stop" ? allHaveEnded(run) : because;
  return { kind: "end-run", state: endOfAll(run), because: told };
}
