/** A thread that does imagined runs, one after the other; it is given the world once, and holds nothing else. */
import { parentPort, workerData } from "node:worker_threads";
import { resultOf, simulateJob, type ImaginedJob, type SharedWorld } from "./imagined-job.js";

parentPort?.on("message", (job: ImaginedJob) => {
  parentPort?.postMessage(resultOf(job, simulateJob(workerData as SharedWorld, job)));
});
