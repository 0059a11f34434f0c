/** Options that more than one verb has: declared once, so that they mean the same everywhere. */
import { Option } from "@commander-js/extra-typings";
import { quoted, troubleAt } from "@stint/shared/misread.js";
import { OFFER_NAMES } from "../../planner/vocabulary/settings.js";

const SHORT_WORDS = ["spend", "finish-paid", "ask"] as const;

export const CHOOSE_OPTION = () =>
  new Option("--choose <offer>", "take this offer without asking").choices(OFFER_NAMES);

export const YES_OPTION = () =>
  new Option("--yes", "take the preselected offer, cheapest+20, even when it is risky");

export const WHEN_SHORT_OPTION = () =>
  new Option(
    "--when-short <what>",
    "when the money does not buy the rest: buy what it can, finish what is paid, or ask",
  ).choices(SHORT_WORDS);

export const HALT_OPTION = () =>
  new Option("--halt <when>", "stop soon or now when tasks fail: soon,fail=3 or now,fail=10%, or never");

export const MAX_FAILURES_OPTION = () =>
  new Option("--max-failures <count>", "stop when so many tasks have failed; as --halt soon,fail=<count>");

/**
 * Beside `--env NAME` and not against it: nothing is inherited but what is named. To commander `--no-env` would be
 * `--env` taken back, so it is given a name of its own in what the flags say: `withoutEnv`.
 */
export function NO_ENV_OPTION(): Option<"--without-env"> {
  const option = new Option("--no-env", "tasks inherit nothing but what --env names");
  option.negate = false;
  option.attributeName = () => "withoutEnv";
  return option;
}

/** Of an option whose second value would silently take the place of the first, where that loses inputs or money. */
export const once =
  (where: string, hint: string) =>
  (value: string, before: string | undefined): string => {
    if (before === undefined) return value;
    throw troubleAt(
      { kind: "usage", where },
      {
        code: "option-twice",
        found: `it twice: ${quoted(before)} and ${quoted(value)}`,
        expected: "it once",
        hint,
      },
    );
  };
