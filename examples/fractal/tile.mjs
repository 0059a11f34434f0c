/**
 * One task of the bag: `node tile.mjs N` paints tile N (from 0, row by row) into out/tiles/N.png. Safe to run
 * twice at once: the file appears whole, by renaming, and each run paints the same.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GRID, TILE, paint } from "./picture.mjs";
import { encodePng } from "./png.mjs";
import { TILES, tileFile } from "./places.mjs";

const tile = Number(process.argv[2]);
if (!Number.isInteger(tile) || tile < 0 || tile >= GRID * GRID) {
  process.stderr.write(`tile.mjs: expected a tile from 0 to ${GRID * GRID - 1}, found ${process.argv[2]}\n`);
  process.exit(2);
}

const column = tile % GRID;
const row = Math.floor(tile / GRID);
const pixels = paint(column * TILE, row * TILE, TILE, TILE);
mkdirSync(TILES, { recursive: true });
const draft = join(TILES, `.${tile}.${process.pid}`);
writeFileSync(draft, encodePng(TILE, TILE, pixels));
renameSync(draft, tileFile(tile));
process.stdout.write(`tile ${tile}: column ${column}, row ${row}\n`);
