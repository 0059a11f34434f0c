/**
 * What a run orders about an event. Room by room: each looks at the run as the rooms before it left it, so no
 * two of them see the same free money or the same idle slot. The same run and event always give the same frame.
 */
import { freeMoney } from "./money/ledger.js";
import { changesOfSpeed } from "./estimate/drift.js";
import { linkIsSure } from "./estimate/link-is-sure.js";
import { applyDecision, applyEvent } from "./apply.js";
import { beginUnoffered, acceptPick, askOffers, showAndChoose } from "./offer/decide-offer.js";
import type { Decision, Frame, RunEvent } from "./records.js";
import { answerReview, dueReview } from "./reevaluate/decide-review.js";
import type { ReviewComputed } from "./reevaluate/records.js";
import type { Run } from "./run-state.js";
import { assign } from "./run/assign.js";
import { dueHalt } from "./halt.js";
import { growSampling } from "./run/grow-sampling.js";
import { PAUSES_MOST, refillSampling, samplingIsStuck } from "./run/refill-sampling.js";
import { affordableMachines, reconcile } from "./run/reconcile.js";
import { spendTheRest } from "./run/spend-the-rest.js";
import { stillWaiting } from "./run/wanted.js";
import { sampleEnd, sampleStarts } from "./sample/decide-sample.js";
import { firstRents, isToldAtFirst, planSample } from "./sample/plan-sample.js";
import { leastToLearn } from "./sample/sampling-money.js";
import { beginTail, cancelRivals, copyStarts } from "./tail/copies.js";
import { answerStop, dueEnd, dueStop, stop, windUp } from "./wind-up.js";
import { decideLeases, giveUpMachines, settleLeases } from "./run/decide-leases.js";
import { someComeBack, type Machine } from "./machines/machines.js";

/** One step: the event is applied, then what is decided about it, and both are returned as one frame. */
export function step(run: Run, event: RunEvent): Frame {
  applyEvent(run, event);
  const decisions: Decision[] = [];
  const look: Look = { event, frequent: isFrequent(event), touched: touchedMachine(run, event) };
  for (const room of run.begun ? ROOMS : []) {
    for (const order of room(run, look)) {
      applyDecision(run, order);
      decisions.push(order);
    }
  }
  const frame = { event, decisions };
  settle(run, frame);
  return frame;
}

/** Applies a frame that was recorded, deciding nothing. */
export function applyFrame(run: Run, frame: Frame): void {
  applyEvent(run, frame.event);
  for (const decision of frame.decisions) applyDecision(run, decision);
  settle(run, frame);
}

const settle = (run: Run, frame: Frame): void => settleLeases(run, touchedMachine(run, frame.event));

/** What a room may look at besides the run. */
interface Look {
  readonly event: RunEvent;
  /** One of the kinds that come with every task: only what concerns its machine is looked at. */
  readonly frequent: boolean;
  readonly touched: Machine | undefined;
}

/** What a room yields is applied before it is asked for more. */
type Room = (run: Run, look: Look) => Iterable<Decision>;

const isFrequent = (event: RunEvent): boolean =>
  event.kind === "tasks-wanted" || event.kind === "attempts-ended";

const touchedMachine = (run: Run, event: RunEvent): Machine | undefined =>
  event.kind === "tasks-wanted" || event.kind === "attempts-ended"
    ? run.machines.live.get(event.machine)
    : undefined;

const some = <T>(decision: T | undefined): readonly T[] => (decision === undefined ? [] : [decision]);

const inPhase =
  (phase: Run["phase"], room: Room): Room =>
  (run, look) =>
    run.phase === phase ? room(run, look) : [];

/** What a pause keeps shut: all that starts, rents, renews or ends for want of machines. */
const unlessPaused =
  (room: Room): Room =>
  (run, look) =>
    run.paused ? [] : room(run, look);

/** In the order of a run. */
const ROOMS: readonly Room[] = [
  cancelRivals,
  (run, { event }) =>
    some(event.kind === "stop-asked" ? answerStop(run, event) : (dueStop(run) ?? dueHalt(run))),
  (run, { event }) => (beginsSampling(run, event) ? plannedSample(run) : []),
  (run, { touched }) => giveUpMachines(run, touched),
  unlessPaused(inPhase("sampling", growSampling)),
  unlessPaused(inPhase("sampling", (run, { frequent }) => (frequent ? [] : refillSampling(run)))),
  unlessPaused(inPhase("sampling", sampleStarts)),
  unlessPaused(inPhase("sampling", (run) => some(endOfSampling(run)))),
  offers,
  unlessPaused(reviews),
  unlessPaused(inPhase("running", (run, { frequent }) => (frequent ? [] : reconcile(run)))),
  unlessPaused(inPhase("running", spendTheRest)),
  unlessPaused(inPhase("running", assign)),
  unlessPaused(inPhase("choosing", (run) => (stillWaiting(run) ? assign(run) : []))),
  (run) => some(beginTail(run)),
  unlessPaused(copyStarts),
  unlessPaused((run) => some(noMachineComes(run) ?? shortOfMoney(run))),
  windUp,
  (run, { touched }) => decideLeases(run, touched),
  // A machine whose lease has just been made longer after all may have a task again.
  unlessPaused(inPhase("sampling", sampleStarts)),
  unlessPaused(inPhase("running", assign)),
  (run) => some(dueEnd(run)),
];

/** Also when a run is taken up again that had nothing to sample: there may be more tasks now, or more money. */
const beginsSampling = (run: Run, event: RunEvent): boolean =>
  event.kind === "run-began" ||
  (event.kind === "resumed" && run.phase === "sampling" && run.sample.size === 0);

function* plannedSample(run: Run): Generator<Decision> {
  yield planSample(run);
  if (run.sample.size > 0) yield* firstRents(run);
}

const endOfSampling = (run: Run): Decision | undefined => {
  if (isToldAtFirst(run)) return { kind: "end-sampling", because: { kind: "told" } };
  if (run.sample.size === 0) return undefined;
  const end = sampleEnd(run, (cluster) => linkIsSure(run.estimate, cluster));
  if (end !== undefined || !samplingIsStuck(run)) return end;
  // No machine of the sample is left and none can be had: what is known must do.
  const dead = run.machines.clusters.filter(({ timesLimited }) => timesLimited >= PAUSES_MOST).length;
  return dead > 0 && run.attempts.first.ended === 0
    ? stop("stopped", true, { kind: "no-machine-comes", clusters: dead })
    : { kind: "end-sampling", because: { kind: "sampling-money-used" } };
};

/** A cluster is left alone for a while and will be tried again. */
const somePause = (run: Run): boolean =>
  run.machines.clusters.some(({ limit }) => limit !== undefined && run.at < limit.until);

/** Too little money to learn anything: begun blindly only by who said to spend it. */
function beginOrStop(run: Run): Decision {
  const { because } = run.sample;
  const { whenShort, planOnly } = run.settings;
  const hasBegun = run.attempts.ended.total > 0;
  if (because?.kind !== "sampling-too-dear" || whenShort === "spend" || hasBegun)
    return planOnly === true ? stop("needs-choice", true, { kind: "only-planned" }) : beginUnoffered(run);
  const needed = leastToLearn(run);
  return stop("budget-too-low", true, { kind: "budget-buys-no-sample", lease: because.least, needed });
}

function offers(run: Run, { event }: Look): readonly Decision[] {
  if (run.phase === "sampling" && run.sample.size === 0) return [beginOrStop(run)];
  if (run.phase !== "choosing") return [];
  if (event.kind === "offers-computed" && event.question === run.offer.questions)
    return showOrStop(run, event.offers);
  if (event.kind === "offer-picked") return some(acceptPick(run, event));
  if (event.kind === "choice-refused") return [stop("needs-choice", true, { kind: "nobody-chose" })];
  if (run.offer.awaited !== undefined || run.offer.offers !== undefined) return [];
  return someComeBack(run) ? [] : [askOffers(run, { kind: "sampling-is-over" })];
}

function showOrStop(run: Run, answer: Parameters<typeof showAndChoose>[1]): readonly Decision[] {
  const { done, failed } = run.attempts.count;
  if (answer.frontier.length === 0 && done === 0 && failed > 0) return [unlearned(run, failed)];
  const decisions = showAndChoose(run, answer);
  const { shortfall } = answer;
  if (answer.offers.length > 0 && run.settings.planOnly === true)
    return [...decisions, stop("needs-choice", true, { kind: "only-planned" })];
  if (answer.offers.length > 0 || decisions.length > 1) return decisions;
  const because = {
    kind: "budget-buys-no-plan" as const,
    tasks: shortfall?.tasksBought.p50 ?? 0,
    needed: shortfall?.budgetNeeded ?? run.money.billed,
  };
  return [...decisions, stop("budget-too-low", true, because)];
}

/** Failures alone tell nothing of runtimes. Whoever got here said to go on all the same; offers there are none. */
const unlearned = (run: Run, failed: number): Decision =>
  run.settings.planOnly === true
    ? stop("failed-tasks", true, { kind: "first-attempts-all-failed", attempts: run.attempts.first.ended })
    : beginUnoffered(run, { kind: "nothing-learnt", failed });

function reviews(run: Run, { event }: Look): readonly Decision[] {
  if (event.kind === "review-computed" && event.question === run.offer.questions)
    return answerOrStop(run, event);
  const due = dueReview(run);
  if (due === undefined) return [];
  const changes = run.settings.without.includes("drift") ? [] : changesOfSpeed(run);
  return [...changes, changes.length > 0 ? { ...due, search: true } : due];
}

function answerOrStop(run: Run, event: ReviewComputed): readonly Decision[] {
  const decisions = answerReview(run, event);
  const short = decisions.some(({ kind }) => kind === "call-short");
  if (!short || run.settings.whenShort !== "ask") return decisions;
  const because = {
    kind: "money-is-used-up" as const,
    left: run.attempts.count.waiting,
    free: freeMoney(run.money) ?? null,
  };
  return [...decisions, stop("budget-too-low", false, because)];
}

/** Nobody works, and the clusters that the money would buy have not brought a machine for hours. */
function noMachineComes(run: Run): Decision | undefined {
  if (run.phase !== "running" || run.machines.live.size > 0 || run.attempts.count.waiting === 0)
    return undefined;
  const asked = run.settings.clusters.map((_, index) => index);
  const dead = asked.filter((index) => (run.machines.clusters[index]?.timesLimited ?? 0) >= PAUSES_MOST);
  if (dead.length === 0 || asked.some((index) => !dead.includes(index) && affordableMachines(run, index) > 0))
    return undefined;
  return stop("stopped", true, { kind: "no-machine-comes", clusters: dead.length });
}

/** Tasks are left, nobody works on them, and the money brings nobody. */
function shortOfMoney(run: Run): Decision | undefined {
  const { waiting, running } = run.attempts.count;
  if (run.phase !== "running" || waiting === 0 || running > 0 || run.machines.live.size > 0) return undefined;
  if (run.review.awaited !== undefined || (somePause(run) && freeMoney(run.money) !== 0)) return undefined;
  return stop("budget-too-low", false, {
    kind: "money-is-used-up",
    left: waiting,
    free: freeMoney(run.money) ?? null,
  });
}
