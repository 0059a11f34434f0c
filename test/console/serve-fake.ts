/** Serves made-up runs until stdin ends, for programs that call the HTTP interface from outside; says where. */
import { serveConsole } from "../../packages/master/src/console/web/serve-console.js";
import { fakeRuns } from "./fake-runs.js";

const tokens = { viewer: "a1".repeat(32), operator: "b2".repeat(32) };
const runs = fakeRuns("bag");
/** Whatever it is called: names that are made up are to find something. */
const find = () => Promise.resolve(runs.of("bag").run);
const served = await serveConsole({ runs: { ...runs, find }, tokens });
process.stdout.write(`${JSON.stringify({ url: served.url, token: tokens.operator })}\n`);
process.stdin.resume().on("end", () => void served.close());
