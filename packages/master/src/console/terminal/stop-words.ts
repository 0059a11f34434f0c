/** What does a person read who has just asked a run to stop: what happens now, and how to come back? */
import { formatCount } from "@stint/shared/format.js";
import { shellWord } from "./shell-word.js";

/** How long running tasks may go on, in words; the planner's own limit. */
const DRAIN_WORDS = "30 s";

/** @param running attempts that run now */
export function stopLines(how: "drain" | "now", running: number, folder: string): string[] {
  const back = ["Nothing that is done is lost. To go on later:", `  stint resume ${shellWord(folder)}`];
  if (how === "now") return ["Stopping now: what runs is cancelled, machines are given back.", ...back];
  const tasks =
    running === 0
      ? "nothing runs"
      : running === 1
        ? `1 task that runs has ${DRAIN_WORDS} to end`
        : `${formatCount(running)} tasks that run have ${DRAIN_WORDS} to end`;
  return [
    `Stopping: no task is started any more, ${tasks},`,
    "then machines are given back. Again (Ctrl-C or SIGTERM): at once.",
    ...back,
  ];
}
