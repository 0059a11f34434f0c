/** Which orders run now and which wait? As many run at once as there are slots; the rest wait in the order they came. */
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { BootClock } from "@stint/shared/boot-clock.js";
import { attemptKey, type AttemptKey, type AttemptRef } from "@stint/shared/ids.js";
import { LOOSE_TASKS_MOST } from "@stint/shared/output-names.js";
import type { TaskOrder, TaskReport } from "@stint/shared/wire/messages.js";
import { outputBound } from "./bound-output.js";
import type { Launcher } from "./launch/launcher.js";
import { packIn } from "./pack-output.js";
import { PATIENCE_US, runTask, type RunningTask, type TaskWorld } from "./run-task.js";
import { scratchIn } from "./scratch.js";
import { endStrays } from "./strays.js";
import { taskEnvironments, type Environment, type TaskPlace } from "./task-environment.js";

export interface Executor {
  start(order: TaskOrder): void;
  /** TERM, five seconds, KILL to the whole group; the report says `cancelled`. One that waits ends at once. */
  cancel(ref: AttemptRef): void;
  /** Running or waiting. */
  holding(): readonly AttemptRef[];
  /** Ends everything, with less patience if asked, and starts nothing more; resolves when all that was started is dead. */
  end(patienceUs?: number): Promise<void>;
}

export interface ExecutorOptions {
  readonly config: TaskPlace &
    Pick<AgentConfig, "slots" | "outFolder" | "scratchFolder" | "cwd" | "outputCapBytes">;
  /** What the submitter's environment gives to every task. */
  readonly inherited: Environment;
  readonly launcher: Launcher;
  readonly clock: BootClock;
  readonly report: (report: TaskReport) => void;
  readonly onTrouble: (text: string) => void;
}

interface Held extends AttemptRef {
  readonly order: TaskOrder;
  running: RunningTask | undefined;
}

interface Execution {
  readonly options: ExecutorOptions;
  readonly world: TaskWorld;
  /** Running or waiting. */
  readonly held: Map<AttemptKey, Held>;
  readonly waiting: Held[];
  /** Slot numbers, the next to be taken last. */
  readonly freeSlots: number[];
  ended: (() => void) | undefined;
}

export function executor(options: ExecutorOptions): Executor {
  const { config, clock, launcher, onTrouble } = options;
  const { slots, scratchFolder, outputCapBytes, outFolder, cwd } = config;
  const scratch = scratchIn(scratchFolder);
  const bound = outputBound(outputCapBytes);
  const environmentOf = taskEnvironments(options.inherited, config);
  const pack = config.bagSize > LOOSE_TASKS_MOST ? packIn(outFolder, config.machine) : undefined;
  const execution: Execution = {
    options,
    world: {
      ...{ clock, launcher, scratch, bound, environmentOf },
      ...{ cwd, outFolder, outputCapBytes, pack, onTrouble },
    },
    held: new Map(),
    waiting: [],
    freeSlots: Array.from({ length: slots }, (_, index) => slots - index),
    ended: undefined,
  };
  return {
    start: (order) => start(execution, order),
    cancel: (ref) => cancel(execution, attemptKey(ref), PATIENCE_US),
    holding: () => [...execution.held.values()],
    end: (patienceUs = PATIENCE_US) => end(execution, patienceUs),
  };
}

/** An attempt that is here already is not started again: orders are resent when a connection was lost. */
function start(execution: Execution, order: TaskOrder): void {
  const key = attemptKey(order);
  if (execution.held.has(key) || execution.ended !== undefined) return;
  const held: Held = { task: order.task, attempt: order.attempt, order, running: undefined };
  execution.held.set(key, held);
  execution.waiting.push(held);
  fillSlots(execution);
}

function fillSlots(execution: Execution): void {
  for (;;) {
    const next = execution.freeSlots.length > 0 ? execution.waiting.shift() : undefined;
    if (next === undefined) return;
    const slot = execution.freeSlots.pop() ?? 1;
    next.running = runTask(next.order, slot, execution.world, (report) => {
      execution.freeSlots.push(slot);
      over(execution, report);
    });
  }
}

function over(execution: Execution, report: TaskReport): void {
  execution.held.delete(attemptKey(report));
  // The next task begins before the last is told of: a slot is dearer than a message.
  fillSlots(execution);
  execution.options.report(report);
  if (execution.held.size === 0) execution.ended?.();
}

function cancel(execution: Execution, key: AttemptKey, patienceUs: number): void {
  const held = execution.held.get(key);
  if (held === undefined) return;
  if (held.running !== undefined) {
    held.running.cancel(patienceUs);
    return;
  }
  execution.waiting.splice(execution.waiting.indexOf(held), 1);
  const now = execution.world.clock.nowUs();
  over(execution, {
    ...{ task: held.task, attempt: held.attempt, ending: { kind: "cancelled" } },
    ...{ startedBootUs: now, endedBootUs: now, slot: 1, stdoutBytes: 0, stderrBytes: 0 },
  });
}

async function end(execution: Execution, patienceUs: number): Promise<void> {
  const { world, options } = execution;
  const dead = new Promise<void>((resolve) => {
    execution.ended = resolve;
  });
  // Those that wait go first, so that none of them takes a slot that becomes free.
  const [waiting, running] = [[...execution.waiting], [...execution.held.values()]];
  for (const held of [...waiting, ...running]) cancel(execution, attemptKey(held), patienceUs);
  if (execution.held.size > 0) await dead;
  const left = endStrays(options.config.scratchFolder);
  if (left > 0) options.onTrouble(`${String(left)} processes that tasks left behind could not be ended`);
  world.scratch.remove();
  world.pack?.close();
}
