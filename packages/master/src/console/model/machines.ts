/** The machines of a run, as a document. */
import type { MachineView } from "@stint/shared/api/history.js";
import { present } from "@stint/shared/invariant.js";
import { between, type Instant } from "@stint/shared/units.js";
import { secondsOf } from "../../planner/report/summary-words.js";
import type { SeenRun } from "./chronicle.js";
import type { Shown } from "./shown.js";

const MACHINES_SHOWN_MOST = 1_000;

/** Those that exist, then those that went last. */
export function machineDocuments(shown: Shown): {
  readonly machines: readonly MachineView[];
  readonly gone: number;
} {
  const { run, chronicle } = shown;
  const since = (at: Instant | undefined): number | null =>
    at === undefined ? null : secondsOf(between(run.beganAt, at));
  const live = [...run.machines.live.values()].map((machine): MachineView => {
    const account = run.money.accounts.get(machine.id);
    const cluster = present(run.settings.clusters[machine.cluster], "a machine is of a cluster of the run", {
      cluster: machine.cluster,
    });
    return {
      machine: machine.id,
      cluster: cluster.name,
      state: stateOf(machine),
      rented_s: since(machine.rentedAt) ?? 0,
      ready_s: since(machine.readyAt),
      gone_s: null,
      paid_until_s: since(account?.paidUntil) ?? 0,
      running: Math.min(machine.active, machine.slots),
    };
  });
  const { lately, inAll } = chronicle.gone();
  const gone = [...lately].reverse().map((machine): MachineView => ({
    machine: machine.machine,
    cluster: machine.cluster,
    state: "gone",
    rented_s: since(machine.rentedAt) ?? 0,
    ready_s: since(machine.readyAt),
    gone_s: since(machine.goneAt),
    paid_until_s: since(machine.paidUntil) ?? 0,
    running: 0,
  }));
  return { machines: [...live, ...gone].slice(0, MACHINES_SHOWN_MOST), gone: inAll };
}

type LiveMachine = SeenRun["machines"]["live"] extends ReadonlyMap<unknown, infer M> ? M : never;

function stateOf({ state, silentSince }: LiveMachine): MachineView["state"] {
  if (state === "releasing") return "releasing";
  if (silentSince !== undefined) return "silent";
  return state === "ready" ? "ready" : "booting";
}
