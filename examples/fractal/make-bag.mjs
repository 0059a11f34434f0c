/**
 * Writes the bag: one line a tile, each a command that a person could type. A tile may be painted twice at the
 * same time (`replicable`), so that stint may compare clusters on the same tiles and race a slow one at the end.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { GRID } from "./picture.mjs";
import { BAG } from "./places.mjs";

export function makeBag() {
  const lines = Array.from({ length: GRID * GRID }, (_, tile) =>
    JSON.stringify({ id: `tile-${tile}`, argv: ["node", "tile.mjs", String(tile)], replicable: true }),
  );
  mkdirSync(dirname(BAG), { recursive: true });
  writeFileSync(BAG, `${lines.join("\n")}\n`);
  return lines.length;
}
