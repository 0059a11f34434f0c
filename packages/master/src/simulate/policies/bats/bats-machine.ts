/** A machine in the eyes of BaTS: its clock, which starts at its first request, and the ATUs by it. */
import type { AttemptKey, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";

export interface BatsMachine {
  readonly id: MachineId;
  readonly cluster: ClusterIndex;
  /** The how-manieth that was rented. */
  readonly number: number;
  /** Minutes; absent while it has asked for nothing. */
  askedAt: number | undefined;
  /** Tasks done, and the minutes they took. */
  jobs: number;
  busy: number;
  readonly current: Map<AttemptKey, { readonly task: TaskIndex; readonly since: number }>;
  /** ATUs planned for it since the last reconfiguration, and those paid before. */
  plan: number;
  before: number;
  /** It is to leave then, whatever the plan. */
  leavesAt: number | undefined;
}

export const newMachine = (id: MachineId, cluster: ClusterIndex, number: number): BatsMachine => ({
  id,
  cluster,
  number,
  askedAt: undefined,
  jobs: 0,
  busy: 0,
  current: new Map(),
  plan: 0,
  before: 0,
  leavesAt: undefined,
});

/** Minutes that add up to whole ATUs need not do so in floating point. */
export const NOTHING = 1e-9;

/** ATUs begun by an uptime; the first is paid with the first request. */
export const atusBegun = (uptime: number, atu: number): number =>
  Math.max(1, Math.ceil(uptime / atu - NOTHING));

/** The end of the ATU that it is in. */
export const endOfAtu = ({ askedAt }: BatsMachine, now: number, atu: number): number =>
  askedAt === undefined ? now : askedAt + atusBegun(now - askedAt, atu) * atu;

/** What is left of the ATU that it is in, in minutes. */
export const leftOfAtu = (machine: BatsMachine, now: number, atu: number): number =>
  endOfAtu(machine, now, atu) - now;
