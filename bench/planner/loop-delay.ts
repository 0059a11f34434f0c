/** How long is a live run's loop held up while its thread answers a question? The compiled program is asked. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import type { Question } from "@stint/master/planner/questions.js";
import type { LiveEvaluator } from "@stint/master/drive/evaluate-live.js";
import { instant } from "@stint/shared/units.js";

const COMPILED = new URL("../../packages/master/dist/drive/evaluate-live.js", import.meta.url);

interface Compiled {
  readonly liveEvaluator: (
    now: () => ReturnType<typeof instant>,
    deliver: (event: unknown) => void,
    broken: (reason: unknown) => void,
  ) => LiveEvaluator;
}

/** The longest pauses in milliseconds: with nothing to do for as long, and while questions are answered. */
export async function loopWhileThinking(
  question: Question,
  rounds: number,
): Promise<{ readonly idle: number; readonly thinking: number }> {
  const { liveEvaluator } = (await import(fileURLToPath(COMPILED))) as Compiled;
  let answered: (() => void) | undefined;
  let failed: ((reason: unknown) => void) | undefined;
  const evaluator = liveEvaluator(
    () => instant(0),
    () => answered?.(),
    (reason) => failed?.(reason),
  );
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      [answered, failed] = [resolve, reject];
      evaluator.evaluate(question);
    });
  // The thread is started by the first question; loading it is not thinking.
  await ask();
  const since = performance.now();
  const thinking = await longestPause(async () => {
    for (let round = 0; round < rounds; round += 1) await ask();
  });
  const took = performance.now() - since;
  const idle = await longestPause(() => wait(took));
  await evaluator.close();
  return { idle, thinking };
}

async function longestPause(during: () => Promise<unknown>): Promise<number> {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await during();
  delay.disable();
  return delay.max / 1e6 - resolution;
}
