/** What is asked of a run at work, and its answer: looks, and what becomes an event. It decides nothing. */
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import type { Instant, MicroUsd } from "@stint/shared/units.js";
import type { Chronicle } from "../../console/model/chronicle.js";
import type { RunEvent } from "../../planner/records.js";
import type { Summary } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import type { RunView } from "../../planner/view.js";
import { awaitsChoice } from "../../planner/view-promise.js";
import { screenView } from "../looks/screen-view.js";
import type { LookedAt } from "../looks/looked-at.js";
import { withoutBudget } from "../without-budget.js";
import type { Question } from "./asker.js";
import type { Told } from "./control-words.js";

export interface Answering {
  readonly run: Run;
  readonly now: () => Instant;
  readonly stop: (how: "drain" | "now") => void;
  readonly summary: () => Summary;
  readonly looked: LookedAt;
  readonly chronicle: Pick<Chronicle, "decisions">;
}

/** The run as it is now, and not only as it was at its last event. */
export function viewNow({ run, now, chronicle }: Pick<Answering, "run" | "now" | "chronicle">): RunView {
  const view = screenView(run, chronicle);
  return run.phase === "ended" ? view : { ...view, at: now() };
}

/** @param tell resolves when the event is written down */
export async function answer(
  options: Answering,
  asked: Question,
  tell: (event: RunEvent) => Promise<void>,
): Promise<Told> {
  const { run, now } = options;
  switch (asked.ask) {
    case "status":
      return { kind: "status", view: viewNow(options), summary: options.summary() };
    case "stop":
      options.stop(asked.how);
      return { kind: "done" };
    case "pause":
      if (run.phase === "stopping" || run.phase === "ended")
        return refused(run, "not-going-on", NOT_STOPPING);
      if (!run.paused) await tell({ kind: "pause-asked", at: now() });
      return { kind: "done" };
    case "unpause":
      if (!run.paused) return refused(run, "not-paused", "a run that is paused");
      await tell({ kind: "unpause-asked", at: now() });
      return { kind: "done" };
    case "budget-add":
      if (run.money.budget === undefined) throw new TroubleError(withoutBudget(run.settings.name));
      await tell({ kind: "budget-added", at: now(), amount: asked.amount_micro_usd as MicroUsd });
      return { kind: "done" };
    case "choose":
      if (!awaitsChoice(run))
        return refused(run, "no-choice-awaited", "a run that waits for an offer to be picked");
      await tell({ kind: "offer-picked", pick: asked.offer, by: "person", at: now() });
      return { kind: "done" };
    default:
      return { kind: "document", document: await documentOf(options.looked, asked) };
  }
}

function documentOf(
  looked: LookedAt,
  asked: Extract<Question, { ask: "look" | "tasks" | "task" | "what-if" }>,
): unknown {
  switch (asked.ask) {
    case "look":
      return looked[asked.at]();
    case "tasks":
      return looked.tasks(asked.query);
    case "task":
      return looked.task(asked.task);
    case "what-if":
      return looked.whatIf(asked.budget_micro_usd as MicroUsd);
  }
}

const NOT_STOPPING = "a run that goes on";

function refused(run: Run, code: string, expected: string): Told {
  const found = run.phase === "stopping" ? "a run that is winding up" : `a run that is ${run.phase}`;
  const trouble: Trouble = {
    kind: "usage",
    code,
    where: run.settings.name,
    found,
    expected,
    hint: "stint status",
  };
  return { kind: "refused", trouble };
}
