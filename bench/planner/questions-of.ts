/** The questions that an imagined run asks its planner, as they would go to the thread that answers them. */
import { questionFor } from "@stint/master/planner/ask.js";
import type { Question } from "@stint/master/planner/questions.js";
import { simulate, type SimulationOptions } from "@stint/master/simulate/simulate.js";

/** Thrown to leave a run of which enough has been seen. */
class Enough extends Error {}

/** @param most the run is left after so many questions */
export function questionsOf(options: SimulationOptions, most = Infinity): Question[] {
  const questions: Question[] = [];
  try {
    simulate({
      ...options,
      written(frame, run) {
        for (const decision of frame.decisions)
          if (decision.kind === "ask-offers" || decision.kind === "ask-review")
            questions.push(questionFor(run, decision));
        if (questions.length >= most) throw new Enough();
      },
    });
  } catch (reason) {
    if (!(reason instanceof Enough)) throw reason;
  }
  return questions;
}
