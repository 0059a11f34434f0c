/**
 * `npm start`: from a clone to a picture. Installs what is missing, builds, and runs examples/fractal on
 * clusters that live on this computer. Arguments are handed on to `stint run`.
 */
import { join } from "node:path";
import { ready } from "./ready.mjs";
import { ROOT, inTheOpen, say } from "./say.mjs";

await ready();
say("> Rendering a fractal of 256 tiles with stint (examples/fractal)");
process.exitCode = await inTheOpen(process.execPath, [
  join(ROOT, "examples/fractal/run.mjs"),
  ...process.argv.slice(2),
]);
