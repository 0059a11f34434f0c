/** How does somebody without a terminal take an offer? The words that go with exit code 4. */
import type { Offers } from "../../planner/offer/records.js";
import { PRESELECTED } from "./offer-table.js";
import { shellWord } from "./shell-word.js";

/** One command for each offer; what was sampled is kept. */
export function howToChooseLines({ offers }: Pick<Offers, "offers">, folder: string): string[] {
  const word = shellWord(folder);
  const commands = offers
    .filter(({ sameAs }) => sameAs === undefined)
    .map(({ name }) => `  stint resume ${word} --choose ${name}`);
  return [
    "A choice is needed, and there is no terminal to ask on.",
    "What was sampled is kept; go on with one of:",
    ...commands,
    `To be asked nothing: stint run … --choose NAME, or --yes, which takes ${PRESELECTED}.`,
  ];
}
