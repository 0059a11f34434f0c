/**
 * How long each machine is kept: renewed while it is wanted and the ledger has money, let lapse when not,
 * released at an owed end when there is nothing for it to do, given up when it never says hello.
 * One step looks at one machine in O(1).
 */
import {
  after,
  before,
  between,
  earlier,
  longer,
  minutes,
  NO_MONEY,
  shorter,
  timesLonger,
  type Duration,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";
import type { Tariff } from "@stint/shared/cluster.js";
import { clusterOf, type Machine } from "../machines/machines.js";
import type { LetLapse, MachineDecision, ReleaseMachine, RenewMachine } from "../machines/records.js";
import { accountOf, affords, extensionCost, freeMoney, type Account } from "../money/ledger.js";
import { owedUntil, quantum } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { worksOnUntil } from "../offer/while-choosing.js";
import { samplingMoney } from "../sample/sampling-money.js";
import type { RunBecause } from "./because.js";
import { isWanted } from "./wanted.js";
import { isWorthFinishing } from "./worth-finishing.js";

/** The longest step by which a lease grows. */
const STEP_MOST = minutes(10);
/** A lease is renewed when less than this, or half a step, is left. */
const RENEW_BEFORE_MOST = minutes(5);
/** One step of all machines takes no more than this share of the money that is free. */
const STEP_SHARE = 0.15;

/** A machine from which nothing more is to be expected, whatever the run wants. */
export function giveUp(run: OfferRun, machine: Machine): ReleaseMachine | undefined {
  if (machine.state === "releasing") return undefined;
  const { bootLimit } = clusterOf(run, machine.cluster);
  const { paidUntil } = accountOf(run.money, machine.id);
  if (run.at >= paidUntil) return release(machine, { kind: "lease-is-over", paidUntil });
  const waited = between(machine.rentedAt, run.at);
  return machine.readyAt === undefined && waited >= bootLimit
    ? release(machine, { kind: "no-hello", waited, limit: bootLimit })
    : undefined;
}

/** What is to be done about one machine's lease at this instant. */
export function decideLease(run: OfferRun, machine: Machine): MachineDecision | undefined {
  if (machine.state === "releasing") return undefined;
  if (run.paused) return leaveWhilePaused(run, machine);
  return isWanted(run, machine) ? renew(run, machine, stepsOf(run, machine)) : leave(run, machine);
}

/** When this machine must be looked at again if nothing happens before. */
export function leaseDue(run: OfferRun, machine: Machine): Instant | undefined {
  if (machine.state === "releasing") return undefined;
  const { paidUntil } = accountOf(run.money, machine.id);
  const cluster = clusterOf(run, machine.cluster);
  let due = paidUntil;
  if (machine.readyAt === undefined) due = earlier(due, after(machine.rentedAt, cluster.bootLimit));
  if (run.paused) return machine.active > 0 ? due : earlier(due, releaseAt(run, machine));
  const leaving = !isWanted(run, machine);
  if (leaving && !isWorthFinishing(run, machine)) return earlier(due, releaseAt(run, machine));
  if (run.phase === "choosing") {
    const works = worksOnUntil(run, machine);
    if (works > run.at) due = earlier(due, works);
  }
  if (machine.silentSince !== undefined) return due;
  const next = (leaving ? [leastStep(run, machine)] : stepsOf(run, machine))
    .map((step) => before(paidUntil, leadOf(step)))
    .find((at) => at > run.at);
  return next === undefined ? due : earlier(due, next);
}

function leaveWhilePaused(run: OfferRun, machine: Machine): ReleaseMachine | undefined {
  if (machine.active > 0 || run.at < releaseAt(run, machine)) return undefined;
  return release(machine, { kind: "run-is-paused" });
}

function leave(run: OfferRun, machine: Machine): MachineDecision | undefined {
  if (isWorthFinishing(run, machine)) return renew(run, machine, [leastStep(run, machine)]);
  if (run.at < releaseAt(run, machine)) return undefined;
  const { billedFrom, paidUntil, tariff } = accountOf(run.money, machine.id);
  const until = owedUntil(tariff, billedFrom, run.at);
  if (machine.active > 0) {
    return release(machine, { kind: "lease-is-over", paidUntil, endsIn: between(run.at, until) });
  }
  const { waiting } = run.attempts.count;
  const leaves = machine.leaving || waiting === 0 || run.phase !== "running";
  const kind = leaves ? "nothing-to-do-here" : "others-end-it-sooner";
  return release(machine, { kind, owedUntil: until, waiting });
}

/** The owed end, less the time that ending a machine takes; never before now. */
function releaseAt(run: OfferRun, machine: Machine): Instant {
  const { billedFrom, tariff } = accountOf(run.money, machine.id);
  const due = before(owedUntil(tariff, billedFrom, run.at), tariff.grace);
  return due < run.at ? run.at : due;
}

/** A lease grows by so much: the step of the plan, or the least one where the money does not hold that. */
function stepsOf(run: OfferRun, machine: Machine): readonly Duration[] {
  const step = stepOf(run, accountOf(run.money, machine.id).tariff);
  const least = leastStep(run, machine);
  return step > least ? [step, least] : [least];
}

const leastStep = (run: OfferRun, machine: Machine): Duration =>
  quantum(accountOf(run.money, machine.id).tariff, run.money.budget);

/** How long before its end a lease is made longer by this step. */
const leadOf = (step: Duration): Duration => shorter(RENEW_BEFORE_MOST, timesLonger(step, 0.5));

/** Whole ATUs, at least one quantum; no longer than the plan still wants machines, nor than the money allows all of them. */
function stepOf(run: OfferRun, tariff: Tariff): Duration {
  const least = quantum(tariff, run.money.budget);
  const most = shorter(STEP_MOST, planLeft(run));
  const free = freeMoney(run.money);
  const share =
    free === undefined || tariff.price === 0 ? STEP_MOST : shareOfFree(free, tariff, run.machines.live.size);
  const wanted = longer(least, shorter(most, share));
  return (Math.ceil(wanted / tariff.atu) * tariff.atu) as Duration;
}

const shareOfFree = (free: number, tariff: Tariff, machines: number): Duration =>
  Math.max(
    0,
    Math.floor(((free * STEP_SHARE) / Math.max(1, machines) / tariff.price) * 3_600_000_000),
  ) as Duration;

/** How long the plan in force still needs, as it was last forecast. */
function planLeft(run: OfferRun): Duration {
  const { inForce, forecastAt } = run.offer;
  if (inForce === undefined || forecastAt === undefined) return STEP_MOST;
  const left = inForce.time.p50 - between(forecastAt, run.at);
  return Math.max(0, left) as Duration;
}

function renew(
  run: OfferRun,
  machine: Machine,
  steps: readonly Duration[],
): RenewMachine | LetLapse | undefined {
  if (machine.silentSince !== undefined) return undefined;
  const paidOnly = run.money.short && run.settings.whenShort === "finish-paid";
  const account = accountOf(run.money, machine.id);
  const left = between(run.at, account.paidUntil);
  for (const step of steps) {
    if (left > leadOf(step)) return undefined;
    const until = after(account.paidUntil, step);
    if (paidOnly || !mayReserve(run, extensionCost(account, until))) continue;
    const because: RunBecause =
      machine.leaving && machine.active > 0
        ? { kind: "finishing-its-tasks", active: machine.active }
        : { kind: "still-wanted", until, ...(run.offer.inForce !== undefined && { left: planLeft(run) }) };
    return { kind: "renew-machine", machine: machine.id, paidUntil: until, because };
  }
  const rest = paidOnly || machine.lapsing ? undefined : restOf(run, account);
  if (rest !== undefined) {
    const because: RunBecause = {
      kind: "last-of-the-money",
      until: rest,
      free: freeMoney(run.money) ?? null,
    };
    return { kind: "renew-machine", machine: machine.id, paidUntil: rest, because };
  }
  if (machine.lapsing) return undefined;
  const needed = extensionCost(account, after(account.paidUntil, quantum(account.tariff, run.money.budget)));
  const free = spendable(run) ?? needed;
  const because: RunBecause = {
    kind: "no-money-for-it",
    needed,
    free,
    ...(run.phase === "sampling" && { sampling: true as const }),
  };
  return { kind: "let-lapse", machine: machine.id, because };
}

/** The money does not hold one more least step: until when this machine's share of it still buys whole units. */
function restOf(run: OfferRun, account: Account): Instant | undefined {
  const { tariff, paidUntil } = account;
  const free = reservable(run);
  if (free === undefined || free <= 0 || tariff.price === 0) return undefined;
  const share = free / run.machines.live.size;
  const units = Math.floor(((share / tariff.price) * 3_600_000_000) / tariff.atu);
  const until = after(paidUntil, (units * tariff.atu) as Duration);
  return units > 0 && mayReserve(run, extensionCost(account, until)) ? until : undefined;
}

/** What may be reserved in this phase; `undefined` without a limit. */
function reservable(run: OfferRun): MicroUsd | undefined {
  return run.phase === "running" || run.phase === "stopping" ? freeMoney(run.money) : samplingMoney(run);
}

function mayReserve(run: OfferRun, cost: number): boolean {
  const asked = cost as Parameters<typeof affords>[1];
  if (!affords(run.money, asked)) return false;
  if (cost === 0 || run.phase === "running" || run.phase === "stopping") return true;
  const limit = samplingMoney(run);
  return limit === undefined || cost <= limit;
}

/** What may be spent now: before an offer is accepted no more than sampling may cost; absent without a limit. */
function spendable(run: OfferRun): MicroUsd | undefined {
  if (run.phase === "running" || run.phase === "stopping") return freeMoney(run.money);
  const limit = samplingMoney(run);
  return limit !== undefined && limit < NO_MONEY ? NO_MONEY : limit;
}

const release = (machine: Machine, because: RunBecause): ReleaseMachine => ({
  kind: "release-machine",
  machine: machine.id,
  because,
});
