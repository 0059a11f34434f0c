/**
 * Thinking that takes long, on a thread of its own, so that an integer program never holds up a task. Started at the
 * first question. Run from source, where a thread would not find its file, it thinks in place but never inside the step
 * that asked.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import { answer, type Answer } from "../planner/answer.js";
import type { Question } from "../planner/questions.js";

export interface Thinker {
  think(question: Question): Promise<Answer>;
  /** What is thought about is given up, and its promise rejected. */
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL("./evaluate-worker.js", import.meta.url));

export function newThinker(): Thinker {
  let pool: Promise<Piscina> | undefined;
  return {
    async think(question) {
      if (!existsSync(WORKER)) {
        await new Promise((resolve) => setImmediate(resolve));
        return answer(question);
      }
      pool ??= startPool();
      return (await pool).run(question) as Promise<Answer>;
    },
    async close() {
      await (await pool)?.destroy();
    },
  };
}

async function startPool(): Promise<Piscina> {
  const { Piscina: Pool } = await import("piscina");
  return new Pool({ filename: WORKER, minThreads: 1, maxThreads: 1, idleTimeout: 10_000 });
}
