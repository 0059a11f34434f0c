/** One task: `node percolate.mjs 0.59 40 1` prints its row of the table. */
import { rowOf } from "./percolation.mjs";

const [density, size, seed] = process.argv.slice(2);
process.stdout.write(`${rowOf(density, size, seed)}\n`);
