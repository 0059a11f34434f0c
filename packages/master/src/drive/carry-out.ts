/** Turns the decisions of a durable frame into calls on the ports. It knows no policy. */
import { driftAt } from "@stint/shared/cluster.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { accountOf } from "../planner/money/ledger.js";
import { questionFor } from "../planner/ask.js";
import type { Decision, Frame } from "../planner/records.js";
import type { Run } from "../planner/run-state.js";
import type { StartAttempts } from "../planner/attempts/records.js";
import { clusterOf } from "../planner/machines/machines.js";
import type { LaunchOrder, Ports, StartCommand } from "./ports.js";

export function carryOut(frame: Frame, run: Run, ports: Ports): void {
  for (const decision of frame.decisions) carryOne(decision, run, ports);
}

function carryOne(decision: Decision, run: Run, ports: Ports): void {
  switch (decision.kind) {
    case "rent-machine":
      ports.provisioner.launch({
        machine: decision.machine,
        cluster: clusterOf(run, decision.cluster),
        paidUntil: decision.paidUntil,
      });
      return;
    case "renew-machine":
      ports.agents.renew(decision.machine, decision.paidUntil);
      return;
    case "release-machine":
      ports.agents.dismiss(decision.machine);
      ports.provisioner.release(decision.machine);
      return;
    case "start-attempts":
      start(decision, run, ports);
      return;
    case "cancel-attempts":
      ports.agents.cancel(decision.machine, decision.attempts);
      return;
    case "ask-offers":
    case "ask-review":
      ports.evaluator.evaluate(questionFor(run, decision));
      return;
    case "mark-leaving":
    case "keep-machine":
    case "let-lapse":
    case "limit-cluster":
    case "change-speed":
    case "plan-sample":
    case "end-sampling":
    case "show-offers":
    case "accept-offer":
    case "begin-unoffered":
    case "spend-anyway":
    case "adopt-plan":
    case "keep-plan":
    case "call-short":
    case "begin-tail":
    case "begin-stopping":
    case "end-run":
      // What these change is in the run; there is nothing outside to do.
      return;
  }
}

function start(decision: StartAttempts, run: Run, ports: Ports): void {
  const machine = run.machines.live.get(decision.machine);
  // It may be gone by the time its frame is durable; what was started there is given back already.
  if (machine === undefined) return;
  const slowdown = slowdownOf(clusterOf(run, machine.cluster), run);
  ports.agents.start(
    decision.machine,
    decision.starts.map((order): StartCommand => ({ ...order, slowdown })),
  );
}

/** How much longer a slot is held than the task runs, in runtimes: 1 is not at all. */
export function slowdownOf(cluster: Cluster, run: Run): number {
  const { done, failed } = run.attempts.count;
  return driftAt(cluster, (done + failed) / Math.max(1, run.shape.size)) / cluster.speed;
}

/** Everything that was ordered and whose outcome no record tells: done again after a resume, idempotently. */
export function carryOutAgain(run: Run, ports: Ports): void {
  const orders: LaunchOrder[] = [];
  for (const machine of run.machines.live.values()) {
    const { paidUntil } = accountOf(run.money, machine.id);
    orders.push({ machine: machine.id, cluster: clusterOf(run, machine.cluster), paidUntil });
  }
  ports.provisioner.recover(orders);
  for (const machine of run.machines.live.values()) {
    const active = [...run.attempts.active.values()].filter((attempt) => attempt.machine === machine.id);
    const slowdown = slowdownOf(clusterOf(run, machine.cluster), run);
    ports.agents.start(
      machine.id,
      active.map((attempt) => ({ ...attempt, slowdown })),
    );
    const cancelled = active.filter((attempt) => attempt.cancelled);
    if (cancelled.length > 0) ports.agents.cancel(machine.id, cancelled);
    ports.agents.renew(machine.id, accountOf(run.money, machine.id).paidUntil);
    if (machine.state === "releasing") {
      ports.agents.dismiss(machine.id);
      ports.provisioner.release(machine.id);
    }
  }
}
