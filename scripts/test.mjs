/**
 * `npm test`: installs what is missing, builds, and runs the tests. Arguments are handed on to vitest.
 */
import { join } from "node:path";
import { ready } from "./ready.mjs";
import { ROOT, inTheOpen, say } from "./say.mjs";

await ready();
say("> Running the tests (vitest)");
process.exitCode = await inTheOpen(process.execPath, [
  join(ROOT, "node_modules/vitest/vitest.mjs"),
  "run",
  ...process.argv.slice(2),
]);
