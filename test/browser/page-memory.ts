/**
 * `npm run check:page-memory`: does the memory of a page stay flat while a run goes on? Two pages are left open, one on
 * a run that changes four times a second and one on an output that is written without end; after the first minute
 * neither may grow by more than a little. Minutes may be said: `-- 3`.
 */
import type { Browser, CDPSession } from "playwright-core";
import { openBrowser, openPage } from "./browser.js";
import { fakeMaster, OPERATOR } from "./fake-master.js";
import { printed } from "./fake-tasks.js";

const MINUTES = Number(process.argv[2] ?? 10);
const UPDATE_MS = 250;
const LINE = Buffer.from("\u001b[32mstep\u001b[0m loss 0.1234, some words that fill a line of a log\n");
const GROWTH_MOST = { bytes: 1_500_000, nodes: 300 };

interface Measure {
  readonly bytes: number;
  readonly nodes: number;
}

async function measured(session: CDPSession): Promise<Measure> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { metrics } = await session.send("Performance.getMetrics");
  return { bytes: usedSize, nodes: metrics.find(({ name }) => name === "Nodes")?.value ?? 0 };
}

async function openOn(browser: Browser, address: string): Promise<CDPSession> {
  const { page } = await openPage(browser, { reducedMotion: "no-preference" });
  await page.goto(address);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

const master = await fakeMaster({ atS: 1_200 });
printed.open = true;
printed.stdout = Buffer.concat(Array.from({ length: 4_000 }, () => LINE));
const browser = await openBrowser();
const place = `${master.address}/#token=${OPERATOR}/runs/${master.state.run}`;
const pages = [
  { name: "overview", session: await openOn(browser, place) },
  { name: "output", session: await openOn(browser, `${place}/tasks/3990`) },
];
const timer = setInterval(() => {
  const { atS } = master.state;
  master.state = { ...master.state, atS: atS > 5_000 ? 1_200 : atS + 2 };
  // As an output grows: what was there stays, and the server reads what is asked for.
  printed.stdout = Buffer.concat([printed.stdout, ...Array.from({ length: 40 }, () => LINE)]);
  master.tell();
}, UPDATE_MS);

const first = new Map<string, Measure>();
let flat = true;
for (let minute = 1; minute <= MINUTES; minute++) {
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  for (const { name, session } of pages) {
    const now = await measured(session);
    const then = first.get(name) ?? now;
    first.set(name, then);
    flat &&= now.bytes - then.bytes < GROWTH_MOST.bytes && now.nodes - then.nodes < GROWTH_MOST.nodes;
    console.log(
      `${String(minute)} min, ${name}: ${(now.bytes / 1e6).toFixed(2)} MB, ${String(now.nodes)} nodes`,
    );
  }
}
clearInterval(timer);
await browser.close();
await master.close();
console.log(flat ? "flat" : "grows");
process.exitCode = flat ? 0 : 1;
