/** Is the policy `bats` still the BaTS of the published figures? `npm run bench:bats` asks it of many more runs. */
import { expect, test } from "vitest";
import { compare, WITHIN } from "../../bench/bats/compare.js";

/** Shares of so few runs stray by themselves: two standard deviations of 36 draws at 10 % or 90 %. */
const FEW = 10;

test.each(compare(6, 6, ["fastest"]))("$bag, $choose: $what is about $published", (figure) => {
  const few = figure.what.startsWith("makespan") ? 0 : FEW;
  expect(figure.apart).toBeLessThanOrEqual(WITHIN + few);
});
