/** What an agent is told of a task: its own words, and the bag-wide ones where it has none. */
import type { Task } from "@stint/shared/bag/bag.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import type { TaskSpec } from "../../agents/serve-agents.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { BagWideWords } from "./requests.js";

/** @param named variables whose values stand in no file; a task's own win over them */
export function taskSpecs(
  bag: Pick<OpenBag, "taskAt">,
  wide: BagWideWords,
  named: Readonly<Record<string, string>>,
): (task: TaskIndex) => TaskSpec {
  const anyNamed = Object.keys(named).length > 0;
  return (index) => {
    const task: Task = bag.taskAt(index);
    const timeout = task.timeout ?? wide.timeout;
    const env = anyNamed ? { ...named, ...task.env } : task.env;
    return {
      id: task.id,
      command: task.command,
      ...(task.cwd !== undefined && { cwd: task.cwd }),
      ...(env !== undefined && { env }),
      ...(timeout !== undefined && { timeout }),
      ...(task.outputs !== undefined && { outputs: task.outputs }),
    };
  };
}
