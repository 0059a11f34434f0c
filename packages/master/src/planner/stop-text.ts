/** Why a run winds up, as a clause. */
import { formatCount } from "@stint/shared/format.js";
import { counted, money } from "./reason-words.js";
import type { StopBecause } from "./stop-because.js";
import type { Halt } from "./vocabulary/settings.js";

/** Why a run winds up; nothing for what decides anything else. */
export function stopText(because: StopBecause): string | undefined {
  switch (because.kind) {
    case "all-tasks-ended":
      return allEndedText(because);
    case "first-attempts-all-failed":
      return `the first ${formatCount(because.attempts)} attempts all failed`;
    case "too-many-failed":
      return `${formatCount(because.givenUp)} of ${counted(because.ended, "task")} that ended failed, ${haltText(because.halt)} halts there`;
    case "asked-to-stop":
      return because.how === "now" ? "you asked to stop now" : "you asked to stop";
    case "nobody-chose":
      return "nobody chose an offer";
    case "only-planned":
      return "only a plan was asked for";
    case "budget-buys-no-sample":
      return (
        `the least that a machine is rented for costs ${money(because.lease)}, and no more than half of the budget goes into learning; ` +
        `to begin at all needs ${money(because.needed)}`
      );
    case "budget-buys-no-plan":
      return `the money buys about ${counted(because.tasks, "task")}; the whole bag needs about ${money(because.needed)}`;
    case "money-is-used-up":
      return `${formatCount(because.left)} tasks are left and ${money(because.free)} buys no machine that would end one`;
    case "no-machine-comes":
      return `${formatCount(because.clusters)} clusters were asked again and again and no machine came`;
    default:
      return undefined;
  }
}

function allEndedText(because: Extract<StopBecause, { kind: "all-tasks-ended" }>): string {
  const { done, failed, quarantined = 0 } = because;
  if (failed === 0 && quarantined === 0)
    return done === 1 ? "the one task is done" : `all ${formatCount(done)} tasks are done`;
  const words = [
    `${counted(done, "task")} done`,
    ...(failed > 0 ? [`${formatCount(failed)} failed for good`] : []),
    ...(quarantined > 0 ? [`${formatCount(quarantined)} in quarantine`] : []),
  ];
  return words.join(", ");
}

/** As it is written on the command line. */
const haltText = ({ how, fail }: Halt): string =>
  `--halt ${how},fail=${fail.kind === "count" ? String(fail.tasks) : `${String(fail.percent)}%`}`;
