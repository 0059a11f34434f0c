/**
 * Is the picture right? Computes it once more, directly and in one piece, and compares every pixel.
 * `node check.mjs` does it by hand; exit code 1 when they differ.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SIZE, paint } from "./picture.mjs";
import { PICTURE } from "./places.mjs";
import { decodePng } from "./png.mjs";

/** Undefined when the picture is right, else what is wrong with it. */
export function faultOf(file) {
  const { width, height, pixels } = decodePng(readFileSync(file));
  if (width !== SIZE || height !== SIZE) return `it is ${width} × ${height} pixels, not ${SIZE} × ${SIZE}`;
  const direct = paint(0, 0, SIZE, SIZE);
  if (direct.equals(pixels)) return undefined;
  const at = Math.floor(direct.findIndex((part, index) => part !== pixels[index]) / 3);
  return `pixel (${at % SIZE}, ${Math.floor(at / SIZE)}) differs from one computed directly`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = faultOf(PICTURE);
  process.stdout.write(fault === undefined ? "the picture is right\n" : `${PICTURE}: ${fault}\n`);
  process.exitCode = fault === undefined ? 0 : 1;
}
