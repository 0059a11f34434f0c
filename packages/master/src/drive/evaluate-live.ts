/**
 * The Evaluator of a live run: a thread of its own, so that an integer program never holds up a task. Started
 * at the first question, ended with the run. Run from source, where a thread would not find its file, it thinks
 * in place but never inside the step that asked.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import type { Instant } from "@stint/shared/units.js";
import { answer, type Answer } from "../planner/answer.js";
import type { Deliver, Evaluator } from "./ports.js";

export interface LiveEvaluator extends Evaluator {
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL("./evaluate-worker.js", import.meta.url));

export function liveEvaluator(
  now: () => Instant,
  deliver: Deliver,
  broken: (reason: unknown) => void,
): LiveEvaluator {
  let pool: Promise<Piscina> | undefined;
  let closed = false;
  const reply = (computed: Answer): void => {
    if (!closed) deliver({ ...computed, at: now() });
  };
  return {
    evaluate(question) {
      if (!existsSync(WORKER)) {
        setImmediate(() => reply(answer(question)));
        return;
      }
      pool ??= startPool();
      pool.then((threads) => threads.run(question) as Promise<Answer>).then(reply, broken);
    },
    async close() {
      closed = true;
      await (await pool)?.destroy();
    },
  };
}

async function startPool(): Promise<Piscina> {
  const { Piscina: Pool } = await import("piscina");
  return new Pool({ filename: WORKER, minThreads: 1, maxThreads: 1, idleTimeout: 10_000 });
}
