/** What environment does a task run in? What its submitter had, what its bag says, and where it stands in the run. */
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { TaskOrder } from "@stint/shared/wire/messages.js";

export type Environment = Readonly<Record<string, string>>;
/** Folders that are a task's own. */
export interface TaskFolders {
  /** Scratch, emptied after the task. */
  readonly task: string;
  /** Where it writes what it declared; only for a task that declared something. */
  readonly outputs?: string;
}

export type TaskPlace = Pick<AgentConfig, "machine" | "cluster" | "bagId" | "bagSize">;

/** `inherited` is what the submitter had; nothing of the agent's own environment reaches a task. */
export function taskEnvironments(
  inherited: Environment,
  place: TaskPlace,
): (order: TaskOrder, slot: number, folders: TaskFolders) => Environment {
  // Of a task in which this run itself was begun; all others are replaced.
  const { STINT_OUTPUT_DIR: _, ...submitted } = inherited;
  return (order, slot, folders) => ({
    ...submitted,
    ...order.env,
    STINT_BAG_ID: place.bagId,
    STINT_TASK_ID: order.id,
    STINT_TASK_INDEX: String(order.task + 1),
    STINT_TASK_COUNT: String(place.bagSize),
    STINT_ATTEMPT: String(order.attempt),
    STINT_REPLICA: String(order.replica),
    STINT_CLUSTER: place.cluster,
    STINT_MACHINE: place.machine,
    STINT_SLOT: String(slot),
    STINT_TASK_DIR: folders.task,
    ...(folders.outputs !== undefined && { STINT_OUTPUT_DIR: folders.outputs }),
  });
}
