/**
 * When all tiles are there: stitches them and checks the picture. `node finish.mjs` does it by hand, after a run
 * that was interrupted and resumed.
 */
import { fileURLToPath } from "node:url";
import { faultOf } from "./check.mjs";
import { PICTURE } from "./places.mjs";
import { stitch } from "./stitch.mjs";

const say = (line) => process.stderr.write(`${line}\n`);

/** The exit code: 0 when the picture is right. */
export function finish() {
  stitch();
  say("> Stitched; comparing with a picture computed directly …");
  const fault = faultOf(PICTURE);
  say(fault === undefined ? `> The picture is right: ${PICTURE}` : `> The picture is wrong: ${fault}`);
  return fault === undefined ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = finish();
