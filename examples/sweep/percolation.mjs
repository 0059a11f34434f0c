/**
 * Does water come through? A square of `size` × `size` cells, each open with the probability `density`, holds when a
 * path of open neighbours leads from the top to the bottom. Near a density of 0.593 a large square changes its mind.
 */
export const TRIALS = 100;
export const COLUMNS = ["density", "size", "seed", "trials", "through"];

/** How many of `TRIALS` squares let water through; the same numbers always give the same answer. */
export function countThrough(density, size, seed) {
  const draw = drawsOf((Math.round(density * 1e4) * 1009 + size) * 31 + seed);
  let through = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const open = Uint8Array.from({ length: size * size }, () => (draw() < density ? 1 : 0));
    if (leadsDown(open, size)) through += 1;
  }
  return through;
}

/** The row of the table, as a task prints it. The density stays as it was written: `0.50`. */
export const rowOf = (density, size, seed) =>
  [density, size, seed, TRIALS, countThrough(Number(density), Number(size), Number(seed))].join(",");

/** Walks from all open cells of the top row; a visited cell is closed. */
function leadsDown(open, size) {
  const waiting = [];
  const visit = (cell) => {
    if (open[cell] === 0) return;
    open[cell] = 0;
    waiting.push(cell);
  };
  for (let cell = 0; cell < size; cell += 1) visit(cell);
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    if (cell >= size * (size - 1)) return true;
    const column = cell % size;
    if (cell >= size) visit(cell - size);
    if (column > 0) visit(cell - 1);
    if (column < size - 1) visit(cell + 1);
    visit(cell + size);
  }
  return false;
}

/** Mulberry32: numbers in [0, 1) that follow from a seed. */
function drawsOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
