/**
 * Does many imagined runs on all cores; what comes out is in the order of the jobs and the same as from one thread.
 * Run from source, where a thread would not find its file, it does them one by one.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ImaginedRun } from "./comparison.js";
import { resultOf, simulateJob, type ImaginedJob, type SharedWorld } from "./imagined-job.js";

/** Each holds the recorded runtimes. */
const THREADS_MOST = 32;
const WORKER = fileURLToPath(new URL("./imagine-worker.js", import.meta.url));

/** @param seen told after each run how many are done */
export async function imagineAll(
  world: SharedWorld,
  jobs: readonly ImaginedJob[],
  seen: (done: number) => void,
): Promise<ImaginedRun[]> {
  const threads = Math.min(jobs.length, availableParallelism(), THREADS_MOST);
  const results: ImaginedRun[] = [];
  let next = 0;
  let done = 0;
  const work = async (imagine: (job: ImaginedJob) => Promise<ImaginedRun>): Promise<void> => {
    for (let place = next; place < jobs.length; place = next) {
      next += 1;
      results[place] = await imagine(jobs[place] as ImaginedJob);
      done += 1;
      seen(done);
    }
  };
  if (threads <= 1 || !existsSync(WORKER)) {
    await work(async (job) => {
      await breathe();
      return resultOf(job, simulateJob(world, job));
    });
    return results;
  }
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { workerData: world }));
  try {
    await Promise.all(workers.map((worker) => work((job) => ask(worker, job))));
    return results;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const ask = (worker: Worker, job: ImaginedJob): Promise<ImaginedRun> =>
  new Promise((resolve, reject) => {
    const broken = (cause: Error): void => {
      reject(new Error(`the run of seed ${String(job.seed)}: ${cause.message}`, { cause }));
    };
    worker.once("error", broken);
    worker.once("message", (run: ImaginedRun) => {
      worker.off("error", broken);
      resolve(run);
    });
    worker.postMessage(job);
  });
