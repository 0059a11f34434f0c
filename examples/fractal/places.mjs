/**
 * Where the example keeps what it makes: all of it below out/, beside this file.
 */
import { join } from "node:path";

export const HERE = import.meta.dirname;
export const BAG = join(HERE, "out/bag.jsonl");
export const TILES = join(HERE, "out/tiles");
export const PICTURE = join(HERE, "out/fractal.png");

export const tileFile = (tile) => join(TILES, `${tile}.png`);
