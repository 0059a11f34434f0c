/**
 * The last step: 256 tiles become one picture, out/fractal.png. A tile that is missing or damaged is named.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { GRID, SIZE, TILE } from "./picture.mjs";
import { decodePng, encodePng } from "./png.mjs";
import { PICTURE, tileFile } from "./places.mjs";

const BYTES_PER_PIXEL = 3;

export function stitch() {
  const pixels = Buffer.alloc(SIZE * SIZE * BYTES_PER_PIXEL);
  for (let tile = 0; tile < GRID * GRID; tile++) {
    const painted = readTile(tile);
    const left = (tile % GRID) * TILE;
    const top = Math.floor(tile / GRID) * TILE;
    for (let y = 0; y < TILE; y++) {
      const from = y * TILE * BYTES_PER_PIXEL;
      const to = ((top + y) * SIZE + left) * BYTES_PER_PIXEL;
      painted.copy(pixels, to, from, from + TILE * BYTES_PER_PIXEL);
    }
  }
  writeFileSync(PICTURE, encodePng(SIZE, SIZE, pixels));
}

function readTile(tile) {
  try {
    const { width, height, pixels } = decodePng(readFileSync(tileFile(tile)));
    if (width !== TILE || height !== TILE) throw new Error(`it is ${width} × ${height} pixels`);
    return pixels;
  } catch (error) {
    throw new Error(`tile ${tile} cannot be used: ${error.message}`, { cause: error });
  }
}
