/** `stint explain`: why? Rendered from the reasons that stand in the journal, and from nothing else. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { explainDecision } from "./explain/explain-decision.js";
import { explainMachine } from "./explain/explain-machine.js";
import { explainTask } from "./explain/explain-task.js";
import type { Explained } from "./explain/explained.js";
import { storyDocument, storyLines } from "./explain/story.js";
import { printDocument, printLines, type LookFlags } from "./known-run.js";

export const explainOneTask = (task: string, flags: LookFlags): ExitCode =>
  tell("task", explainTask(task, flags), flags);
export const explainOneMachine = (machine: string, flags: LookFlags): ExitCode =>
  tell("machine", explainMachine(machine, flags), flags);
export const explainOneDecision = (number: string | undefined, flags: LookFlags): ExitCode =>
  tell("decision", explainDecision(number, flags), flags);

function tell(about: string, { run, folder, subject, story }: Explained, flags: LookFlags): ExitCode {
  if (flags.json === true)
    printDocument({ schema: 1, run: folder.name, about, subject, story: storyDocument(story) });
  else printLines([subject, ...storyLines(story, run.beganAt)]);
  return EXIT.done;
}
