/** Tells another program of each run that ends while this master is there to see it. */
import type { Log } from "../../console/web/log.js";
import type { ServedRuns, Unwatch } from "../../console/web/runs-port.js";
import { tellEnded } from "../../console/web/webhook.js";

export function tellEnds(runs: ServedRuns, url: URL, log: Log): Unwatch {
  const going = new Set<string>();
  const look = async (): Promise<void> => {
    for (const { run, phase } of (await runs.list()).runs) {
      if (phase !== "ended") going.add(run);
      else if (going.delete(run)) await tell(run);
    }
  };
  const tell = async (run: string): Promise<void> => {
    const summary = await (await runs.find(run))?.report();
    if (summary !== undefined) await tellEnded(summary, { url, log });
  };
  const looking = (): void =>
    void look().catch((cause: unknown) => log.warn({ err: cause }, "the end of a run could not be told"));
  looking();
  return runs.watch(looking);
}
