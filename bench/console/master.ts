/** The process that is measured: a run that changes so often, served to whoever looks. Orders come from its parent. */
import type { LiveView } from "@stint/shared/api/live-view.js";
import { serveConsole } from "../../packages/master/src/console/web/serve-console.js";
import { someOffers, someView } from "../../test/console/documents.js";
import { fakeRuns } from "../../test/console/fake-runs.js";

const RUN = "bench";
const [changesASecond, token = ""] = [Number(process.argv[2]), process.argv[3]];
const EVERY_MS = 5;

const repeated = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

/** As large as the schema lets it be. */
function largestView(): Partial<LiveView> {
  const { running, decisions, clusters } = someView(RUN);
  const offers = someOffers(5);
  return {
    running: repeated(100, running[0]!),
    decisions: repeated(50, { ...decisions[0]!, text: "rent a machine of small: ".padEnd(200, "because ") }),
    clusters: repeated(8, clusters[0]!),
    offers: {
      ...offers,
      offers: repeated(4, offers.offers[0]!),
      frontier: repeated(60, offers.frontier[0]!),
    },
  };
}

const runs = fakeRuns(RUN);
runs.of(RUN).show(largestView());
const served = await serveConsole({ runs, tokens: { viewer: token, operator: "b2".repeat(32) } });

let done = 0;
const began = performance.now();
setInterval(() => {
  const due = Math.floor(((performance.now() - began) / 1000) * changesASecond);
  for (; done < due; done += 1) {
    const { tasks } = runs.of(RUN).latest();
    runs.of(RUN).show({ tasks: { ...tasks, done } });
  }
}, EVERY_MS);

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, changes: done });
});
process.send?.({ port: served.port, bytes: JSON.stringify(runs.of(RUN).latest()).length });
