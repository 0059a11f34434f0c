/**
 * `stint carry-out`: the process of one bag, started by a long-lived master and outliving it. It begins what was handed
 * in, or goes on with it, and waits for a choice that comes through its control socket.
 */
import { dirname, join } from "node:path";
import { TroubleError, type ExitCode } from "@stint/shared/failures.js";
import type { OfferName } from "../planner/vocabulary/settings.js";
import { hasBegun } from "../store/read-journal.js";
import { filesOf, type RunFolder } from "../store/run-folder.js";
import { keepRefusal, orderFiles, readOrder, type Order } from "./hub/order.js";
import type { Manner, RunRequest } from "./live/requests.js";
import { runRequest } from "./run.js";

export interface CarryOutFlags {
  readonly choose?: OfferName | undefined;
  readonly retryFailed?: true | undefined;
  readonly unlessEnded?: true | undefined;
}

const MANNER: Manner = { json: false, choiceElsewhere: true };

/** @param path of the run's folder */
export async function carryOut(path: string, flags: CarryOutFlags): Promise<ExitCode> {
  const folder = filesOf(path);
  if (!hasBegun(folder)) return begin(folder);
  const { resumeLive } = await import("./live/resume-live.js");
  return resumeLive({
    run: path,
    runs: dirname(path),
    environmentNow: process.env,
    manner: MANNER,
    ...(flags.choose !== undefined && { choose: flags.choose }),
    ...(flags.retryFailed === true && { retryFailed: true }),
    ...(flags.unlessEnded === true && { unlessEnded: true }),
  });
}

/** A bag that is refused says why to whoever waits for it to begin. */
async function begin(folder: RunFolder): Promise<ExitCode> {
  try {
    const { runLive } = await import("./live/run-live.js");
    return await runLive(requestOf(folder, readOrder(folder)));
  } catch (cause) {
    const isRefused =
      cause instanceof TroubleError && cause.trouble.code !== "run-is-held" && !hasBegun(folder);
    if (isRefused) keepRefusal(folder, cause.trouble);
    throw cause;
  }
}

function requestOf(folder: RunFolder, order: Order): RunRequest {
  const files = orderFiles(folder);
  const inFolder = (name: string): string => join(files.folder, name);
  const request = runRequest([inFolder(order.bag_file)], {
    name: order.name,
    runs: dirname(folder.path),
    ...(order.budget !== null && { budget: order.budget }),
    ...(order.clusters_file !== null && { clusters: inFolder(order.clusters_file) }),
    ...(order.choose !== null && { choose: order.choose }),
    retries: String(order.retries ?? 0),
    ...(order.timeout !== null && { timeout: order.timeout }),
    ...(order.replicable && { replicable: true }),
    review: "5m",
    wait: "5m",
  });
  return { ...request, bag: order.bag, folder, cwd: order.cwd, manner: MANNER };
}
