/**
 * Copies of the slowest running tasks on machines that have nothing else to do: the first result wins. A copy
 * runs on time that is owed anyway, or is bought out of the cushion; it never takes money the bag may need.
 */
import type { MachineId } from "@stint/shared/ids.js";
import { after, before, between, NO_MONEY, type Duration, type MicroUsd } from "@stint/shared/units.js";
import { activeOf, nextAttempt, stateOf, TASK_STATE, type ActiveAttempt } from "../attempts/attempts.js";
import { handedOut } from "../attempts/handed-out.js";
import type { CancelAttempts, StartAttempts } from "../attempts/records.js";
import { rivals } from "../attempts/apply-attempts.js";
import { isUnderSuspicion } from "../attempts/suspects.js";
import { expectedFull, expectedRemaining, expectedSaving } from "../estimate/expect.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import { accountOf, affords } from "../money/ledger.js";
import { owedUntil, slotCost } from "../money/tariff.js";
import { moneyIsTight, whoTakesMore } from "../run/end-game.js";
import type { TailBecause } from "./because.js";
import type { BeginTail } from "./records.js";
import type { TailRun } from "./tail-state.js";

/** Nobody is set to work for less, were it for nothing. */
const SAVES_LEAST = 0.01;
/** A copy bought with money must save so much of what the original still takes, on average. */
const WORTH = 0.1;

/** The tail begins when a machine asks for a task and none waits, or none that it should take. */
export function beginTail(run: TailRun): BeginTail | undefined {
  const { count, hungry } = run.attempts;
  if (run.phase !== "running" || run.tail.since !== undefined) return undefined;
  if (count.running === 0 || hungry.size === 0) return undefined;
  const { waiting } = count;
  if (waiting === 0) return { kind: "begin-tail", because: { kind: "nothing-waits", ...handedOut(run) } };
  const takesMore = whoTakesMore(run);
  if ([...hungry].every((id) => takesMore(machineOf(run, id)))) return undefined;
  return { kind: "begin-tail", because: { kind: "rest-is-taken", waiting, ...handedOut(run) } };
}

/** A copy for each idle slot that can help, one after the other; at most one copy a task. */
export function* copyStarts(run: TailRun): Generator<StartAttempts> {
  if (run.phase !== "running" || run.tail.since === undefined) return;
  if (run.settings.without.includes("tail")) return;
  const takesMore = whoTakesMore(run);
  for (const id of [...run.attempts.hungry]) {
    const machine = machineOf(run, id);
    if (takesMore(machine)) continue;
    while (takesTasks(machine) && machine.active < machine.slots) {
      const copy = bestCopy(run, machine, cushionLeft(run));
      if (copy === undefined) break;
      yield startOf(run, machine, copy);
    }
  }
}

function startOf(run: TailRun, machine: Machine, { original, because }: Copy): StartAttempts {
  const { paidBy } = because;
  return {
    kind: "start-attempts",
    machine: machine.id,
    starts: [{ ...nextAttempt(run.attempts, original.task), kind: "replica" }],
    ...(paidBy.kind === "cushion" && { fromCushion: paidBy.cost }),
    because,
  };
}

type CopyBecause = Extract<TailBecause, { kind: "copy-ends-sooner" }>;
interface Copy {
  readonly original: ActiveAttempt;
  readonly because: CopyBecause;
}

function bestCopy(run: TailRun, machine: Machine, left: MicroUsd): Copy | undefined {
  let best: Copy | undefined;
  for (const original of run.attempts.active.values()) {
    if (!mayCopy(run, original, machine)) continue;
    const source = machineOf(run, original.machine);
    const elapsed = between(original.orderedAt, run.at);
    const remaining = expectedRemaining(run.estimate, source.cluster, elapsed);
    const here = withCopy(run, source, { elapsed, remaining }, machine);
    if (here === undefined || remaining === undefined || here > (1 - SAVES_LEAST) * remaining) continue;
    if (best !== undefined && best.because.remaining >= remaining) continue;
    const paidBy = payment(run, machine, { here, remaining, left });
    if (paidBy === undefined) continue;
    best = { original, because: { kind: "copy-ends-sooner", from: source.id, remaining, here, paidBy } };
  }
  return best;
}

/**
 * How long it takes on average until the first of the two ends. What is long on one machine is long on the other: a copy
 * helps where it is faster, the more the longer the task may still take. Of a machine that has not been heard from it is
 * not known that it runs the task at all.
 */
function withCopy(
  run: TailRun,
  source: Machine,
  { elapsed, remaining }: { readonly elapsed: Duration; readonly remaining: Duration | undefined },
  { cluster }: Machine,
): Duration | undefined {
  if (source.silentSince !== undefined) return expectedFull(run.estimate, cluster);
  const saving = expectedSaving(run.estimate, { cluster: source.cluster, elapsed }, cluster);
  return saving === undefined || remaining === undefined ? undefined : ((remaining - saving) as Duration);
}

function mayCopy(run: TailRun, original: ActiveAttempt, machine: Machine): boolean {
  if (original.cancelled || !run.shape.mayBeCopied(original.task)) return false;
  if (stateOf(run.attempts, original.task) !== TASK_STATE.running) return false;
  if (activeOf(run.attempts, original.task).length > 1) return false;
  if (isUnderSuspicion(run.attempts, original.task)) return false;
  // A copy failed already, and the task has no retry left: its last attempt decides.
  if ((run.attempts.failures[original.task] ?? 0) > run.shape.retriesOf(original.task)) return false;
  const source = machineOf(run, original.machine);
  // A silent machine's tasks are stragglers wherever the copy runs.
  return source.cluster !== machine.cluster || source.silentSince !== undefined;
}

interface Gain {
  readonly here: Duration;
  readonly remaining: Duration;
  readonly left: MicroUsd;
}

function payment(run: TailRun, machine: Machine, gain: Gain): CopyBecause["paidBy"] | undefined {
  const { billedFrom, tariff, paidUntil } = accountOf(run.money, machine.id);
  const until = owedUntil(tariff, billedFrom, run.at);
  const ends = after(run.at, gain.here);
  if (tariff.price === 0 || ends <= before(until, tariff.grace)) return { kind: "owed-time", until };
  if (machine.leaving || machine.lapsing) return undefined;
  const cost = slotCost(tariff, 1, between(run.at, ends));
  const worth = gain.remaining - gain.here >= WORTH * gain.remaining;
  const reserved = ends <= before(paidUntil, tariff.grace);
  if (!worth || cost > gain.left || !(reserved || affords(run.money, cost))) return undefined;
  return { kind: "cushion", cost, left: gain.left };
}

/** So much of the pick's limit may go to copies where the plan in force leaves it, even if the cushion is less. */
const COPIES_SHARE = 0.1;

/** What copies may still use: the cushion, or a small share of what the pick may cost and the plan does not need. */
export function cushionLeft(run: TailRun): MicroUsd {
  const { attempts, money, offer, settings, tail } = run;
  if (settings.without.includes("cushion")) return NO_MONEY;
  const { limit, inForce } = offer;
  const spare =
    limit === undefined || inForce === undefined || attempts.count.waiting > 0 || moneyIsTight(run)
      ? 0
      : Math.min(limit - inForce.cost.p50, Math.floor(limit * COPIES_SHARE));
  return Math.max(0, Math.max(money.cushion, spare) - tail.cushionUsed) as MicroUsd;
}

/** Attempts whose task another attempt has just ended: cancelled at once, but for pairs while sampling. */
export function cancelRivals(run: TailRun): CancelAttempts[] {
  const byMachine = new Map<MachineId, ActiveAttempt[]>();
  for (const closed of run.closedAttempts) {
    if (closed.outcome !== "done") continue;
    for (const rival of rivals(run.attempts, closed.task)) {
      if (rival.kind === "pair" && run.phase !== "running") continue;
      if (pairWhileSampling(run, closed.kind)) continue;
      byMachine.set(rival.machine, [...(byMachine.get(rival.machine) ?? []), rival]);
    }
  }
  return [...byMachine].map(([machine, attempts]) => ({
    kind: "cancel-attempts",
    machine,
    attempts: attempts.map(({ task, attempt }) => ({ task, attempt })),
    because: { kind: "another-was-first" },
  }));
}

/** The twins of a pair go on: the second result links two clusters. */
const pairWhileSampling = (run: TailRun, kind: string): boolean => kind === "pair" && run.phase !== "running";
