/**
 * The cushion: tasks that the fluid plan counts and that do not fit whole into its machines' time, and what the
 * fewest extra units that hold them cost.
 */
import { microUsd, type MicroUsd } from "@stint/shared/units.js";
import { halfLife, type Model } from "../estimate/model.js";
import { charge } from "../money/tariff.js";
import type { Group } from "./group.js";
import type { Work } from "./forecast.js";
import type { Cushion } from "./records.js";
import type { Duration } from "@stint/shared/units.js";

interface Room {
  readonly queueEmpty: number;
  /** What the budget leaves for a cushion; undefined without one. */
  readonly most: number | undefined;
}

export function cushionOf(model: Model, fleet: readonly Group[], work: Work, room: Room): Cushion {
  const end = room.queueEmpty + model.base.mean * halfLife(model);
  let fitting = 0;
  for (const group of fleet) {
    const until = group.leavesAfter === undefined ? end : Math.min(end, group.leavesAfter);
    fitting += group.machines * group.slots * Math.max(0, Math.floor((until - group.delay) / group.mean));
  }
  const tasks = Math.max(0, Math.ceil(work.waiting - fitting));
  const cost = extraUnits(fleet, tasks);
  return { tasks, cost: microUsd(Math.floor(room.most === undefined ? cost : Math.min(cost, room.most))) };
}

/** Whole units, each long enough for a task, of the cluster where they hold a task for least. */
function extraUnits(fleet: readonly Group[], tasks: number): number {
  if (tasks === 0 || fleet.length === 0) return 0;
  const prices = fleet.map((group) => {
    const unit = unitFor(group);
    const held = group.slots * Math.max(1, Math.floor(unit / 1_000_000 / group.mean));
    const { price, atu, grace } = group.tariff;
    const cost: MicroUsd = charge({ price, atu, grace, minimum: 0 as Duration }, unit);
    return Math.ceil(tasks / held) * cost;
  });
  return Math.min(...prices);
}

/** At least one ATU, and long enough for a task. */
const unitFor = (group: Group): Duration => {
  const { atu } = group.tariff;
  return (Math.max(1, Math.ceil((group.mean * 1_000_000) / atu)) * atu) as Duration;
};
