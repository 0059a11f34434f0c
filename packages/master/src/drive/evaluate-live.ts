/** The Evaluator of a live run: what a thread has thought out comes back as an event, until the run has ended. */
import type { Instant } from "@stint/shared/units.js";
import type { Answer } from "../planner/answer.js";
import type { Deliver, Evaluator } from "./ports.js";
import { newThinker } from "./think.js";

export interface LiveEvaluator extends Evaluator {
  close(): Promise<void>;
}

export function liveEvaluator(
  now: () => Instant,
  deliver: Deliver,
  broken: (reason: unknown) => void,
): LiveEvaluator {
  const thinker = newThinker();
  let closed = false;
  const reply = (computed: Answer): void => {
    if (!closed) deliver({ ...computed, at: now() });
  };
  return {
    evaluate(question) {
      thinker.think(question).then(reply, broken);
    },
    async close() {
      closed = true;
      await thinker.close();
    },
  };
}
