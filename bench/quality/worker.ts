/** A thread of the bench: takes jobs one after the other, and sends back what their runs came to. */
import { parentPort } from "node:worker_threads";
import { boundOf } from "./bound/bound-of.js";
import { measureJob, type Job } from "./measure-run.js";
import { worlds } from "./worlds.js";

const byName = new Map(worlds().map((world) => [world.name, world]));

parentPort?.on("message", (job: Job) => {
  const world = byName.get(job.world);
  if (world === undefined) throw new RangeError(`no such world: ${job.world}`);
  parentPort?.postMessage(measureJob(job, world, boundOf));
});
