/** Runs jobs on several threads; figures come back in the order of the jobs, whoever was done first. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Job } from "./measure-run.js";
import type { RunFigures } from "./run-figures.js";

const THREADS_MOST = 16;

export async function runJobs(
  jobs: readonly Job[],
  seen: (done: number, job: Job) => void,
): Promise<RunFigures[]> {
  const results: RunFigures[][] = jobs.map(() => []);
  let next = 0;
  let done = 0;
  const threads = Math.min(jobs.length, THREADS_MOST, availableParallelism());
  await Promise.all(Array.from({ length: threads }, work));
  return results.flat();

  async function work(): Promise<void> {
    const worker = new Worker(new URL("./thread.mjs", import.meta.url));
    try {
      while (next < jobs.length) {
        const index = next;
        next += 1;
        const job = jobs[index]!;
        results[index] = await answerOf(worker, job);
        done += 1;
        seen(done, job);
      }
    } finally {
      await worker.terminate();
    }
  }
}

const answerOf = (worker: Worker, job: Job): Promise<RunFigures[]> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(new Error(`${job.world}, seed ${String(job.seed)}: ${error.message}`, { cause: error }));
    worker.once("error", failed);
    worker.once("message", (figures: RunFigures[]) => {
      worker.off("error", failed);
      resolve(figures);
    });
    worker.postMessage(job);
  });
