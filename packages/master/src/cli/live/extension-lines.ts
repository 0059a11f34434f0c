/** What does an edited bag change about a run? Said before anything happens: what is new, and what stays as it is. */
import { formatCount } from "@stint/shared/format.js";
import { printable } from "../../console/terminal/printable.js";
import type { Run } from "../../planner/run-state.js";
import type { Extension } from "../../store/extend-bag.js";

/**
 * @param run as its journal has it
 * @param size of the kept bag, with what is new
 * @param extension absent without `--bag`; tasks may be new all the same, if an earlier master was killed too soon
 */
export function extensionLines(
  run: Pick<Run, "shape" | "offer">,
  size: number,
  extension: Extension | undefined,
): string[] {
  const added = size - run.shape.size;
  if (extension === undefined && added === 0) return [];
  return [
    added > 0
      ? `${counted(added, "new task")} of ${nameOf(extension)}: the run has ${counted(size, "task")} now.`
      : `${nameOf(extension)} has no task that the run does not have.`,
    ...(extension === undefined ? [] : staysLines(extension)),
    ...(added > 0 ? offerLines(run) : []),
  ];
}

const counted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

const nameOf = (extension: Extension | undefined): string =>
  extension === undefined ? "an edited bag" : printable(extension.name);

const staysLines = ({ name, gone, changed }: Extension): string[] => [
  ...(gone > 0
    ? [
        `${counted(gone, "task")} of the run ${gone === 1 ? "is" : "are"} not in ${printable(name)}; ` +
          `${gone === 1 ? "it stays" : "they stay"}.`,
      ]
    : []),
  ...(changed > 0
    ? [
        `${counted(changed, "task")} of ${printable(name)} ${changed === 1 ? "has" : "have"} an id that the run has, ` +
          `and other words: the run's stay.`,
      ]
    : []),
];

const offerLines = ({ offer: { accepted } }: Pick<Run, "offer">): string[] =>
  accepted === undefined
    ? []
    : [
        `The pick stays ${accepted.name}; its promise was made for the bag as it was, and its plan is looked at anew.`,
      ];
