/** Nobody chose, or there was nobody to ask: how is an offer taken? The words that go with exit code 4. */
import type { Offer } from "../../planner/offer/records.js";
import { PRESELECTED } from "./offer-table.js";
import { shellWord } from "./shell-word.js";

export type Choice = Pick<Offer, "name" | "sameAs">;

/** One command for each offer; what was sampled is kept. */
export function howToChooseLines(
  { offers }: { readonly offers: readonly Choice[] },
  folder: string,
): string[] {
  const word = shellWord(folder);
  if (offers.length === 0)
    return [
      "There is nothing to choose from, and nothing was started. To run the tasks:",
      `  stint resume ${word}`,
    ];
  const commands = offers
    .filter(({ sameAs }) => sameAs === undefined)
    .map(({ name }) => `  stint resume ${word} --choose ${name}`);
  return [
    "A choice is needed. What was sampled is kept; go on with one of:",
    ...commands,
    `To be asked nothing: stint run … --choose NAME, or --yes for ${PRESELECTED}.`,
  ];
}
