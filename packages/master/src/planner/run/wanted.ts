/** Is a machine still wanted, and may a task be given to it? */
import { before, earlier, type Instant } from "@stint/shared/units.js";
import { clusterOf, type Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import { owedUntil } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { waitsUntil, worksOnUntil } from "../offer/while-choosing.js";
import { takesMore } from "./end-game.js";

/** Kept beyond what is owed for it. */
export function isWanted(run: OfferRun, machine: Machine): boolean {
  switch (run.phase) {
    case "sampling":
      return true;
    case "choosing":
      return machine.active > 0 || run.at < worksOnUntil(run, machine);
    case "running":
      if (machine.leaving) return false;
      if (machine.readyAt === undefined) return run.attempts.count.waiting > 0;
      return machine.active > 0 || takesMore(run, machine);
    case "stopping":
      return machine.active > 0;
    case "ended":
      return false;
  }
}

/** While somebody chooses, machines work on for a while. */
export const stillWaiting = (run: OfferRun): boolean => run.at < waitsUntil(run);

/**
 * Until when a task started on this machine now must end; absent when the machine is going to be renewed.
 */
export function mustEndBy(run: OfferRun, machine: Machine): Instant | undefined {
  const { billedFrom, tariff, paidUntil } = accountOf(run.money, machine.id);
  const { grace } = clusterOf(run, machine.cluster).tariff;
  const lapses = before(paidUntil, grace);
  const leaves = before(earlier(owedUntil(tariff, billedFrom, run.at), paidUntil), grace);
  if (run.phase === "choosing" && run.at >= worksOnUntil(run, machine)) return leaves;
  if (run.phase === "running" && machine.leaving) return leaves;
  return machine.lapsing ? lapses : undefined;
}
