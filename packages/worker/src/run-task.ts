/**
 * One attempt in one slot, from its start to its report.
 *
 *     running --process ended--> (holding: a slower machine is imitated) --> over
 *        | timeout, cancel: TERM to the group, KILL when patience ends
 *     stopping --group gone--> over
 *
 * When its main process ends by itself, what is left of its group is killed: a slot that is free is really free.
 */
import { resolve } from "node:path";
import type { TaskCommand } from "@stint/shared/bag/bag.js";
import type { BootClock } from "@stint/shared/boot-clock.js";
import type { AttemptEnding } from "@stint/shared/observation.js";
import { alarmAt, type Alarm } from "./alarm.js";
import type { OutputBound } from "./bound-output.js";
import { closeCapture, openCapture, type Capture, type Captured } from "./capture.js";
import { heldToOutputs, stageOutputs, type DeclaredOutputs } from "./declared-outputs.js";
import type { Launch, LaunchedProcess, LaunchEnd, Launcher } from "./launch/launcher.js";
import { plainWords } from "./launch/plain-command.js";
import type { OutputPack } from "./pack-output.js";
import type { Scratch } from "./scratch.js";
import type { Environment, TaskFolders } from "./task-environment.js";
import type { TaskOrder, TaskReport } from "@stint/shared/wire/messages.js";

/** What every task of an agent is run with. */
export interface TaskWorld {
  readonly clock: BootClock;
  readonly launcher: Launcher;
  readonly scratch: Scratch;
  readonly bound: OutputBound;
  readonly environmentOf: (order: TaskOrder, slot: number, folders: TaskFolders) => Environment;
  readonly cwd: string;
  readonly outFolder: string;
  readonly outputCapBytes: number;
  /** Only where a file for each task would be too many. */
  readonly pack: OutputPack | undefined;
  readonly onTrouble: (text: string) => void;
}

export interface RunningTask {
  /** TERM to the whole group, KILL after `patienceUs`; the report says `cancelled`. Again: the shorter patience counts. */
  cancel(patienceUs: number): void;
}

/** How long a task that is told to end may take to do so. */
export const PATIENCE_US = 5_000_000;
/** The main process has ended when told to; how often to look whether the others have. */
const LOOK_AFTER_GROUP_MS = 20;
/** What outlives its KILL by this much is beyond an agent's power, and is not waited for. */
const DEATH_US_MAX = 2_000_000;

type Phase =
  | { readonly kind: "running" }
  | {
      readonly kind: "stopping";
      readonly because: "timed-out" | "cancelled";
      killAtBootUs: number;
      kill: Alarm;
    }
  | { readonly kind: "holding"; readonly end: Alarm; readonly report: TaskReport }
  | { readonly kind: "over" };

interface Attempt {
  readonly order: TaskOrder;
  readonly slot: number;
  readonly world: TaskWorld;
  readonly over: (report: TaskReport) => void;
  readonly startedBootUs: number;
  phase: Phase;
  capture: Capture | undefined;
  staged: DeclaredOutputs | undefined;
  process: LaunchedProcess | undefined;
  timeout: Alarm | undefined;
}

/** `over` is called once, and never before `runTask` has returned. */
export function runTask(
  order: TaskOrder,
  slot: number,
  world: TaskWorld,
  over: (report: TaskReport) => void,
): RunningTask {
  const startedBootUs = world.clock.nowUs();
  const attempt: Attempt = {
    ...{ order, slot, world, over, startedBootUs },
    ...{ phase: { kind: "running" }, capture: undefined, staged: undefined },
    ...{ process: undefined, timeout: undefined },
  };
  try {
    launch(attempt);
  } catch (error) {
    // A disk that is full, a folder that is gone: the machine's trouble, with which the task cannot be run.
    setImmediate(() => finish(attempt, reportOf(attempt, { kind: "not-started", reason: String(error) })));
  }
  return { cancel: (patienceUs) => cancel(attempt, patienceUs) };
}

function launch(attempt: Attempt): void {
  const { order, slot, world, startedBootUs } = attempt;
  const task = world.scratch.folderOf(slot);
  const cwd = order.cwd === undefined ? world.cwd : resolve(world.cwd, order.cwd);
  const staged = stageOutputs(world.outFolder, order, cwd);
  attempt.staged = staged;
  const capture = openCapture(world.outFolder, order);
  attempt.capture = capture;
  start(attempt, {
    cwd,
    env: world.environmentOf(order, slot, { task, ...(staged !== undefined && { outputs: staged.folder }) }),
    stdout: capture.stdout.descriptor,
    stderr: capture.stderr.descriptor,
    slot,
  });
  world.bound.watch(capture, () => attempt.process?.signalGroup("SIGXFSZ"));
  if (order.timeout === undefined) return;
  const ring = (): void => stop(attempt, "timed-out", PATIENCE_US);
  attempt.timeout = alarmAt(world.clock, startedBootUs + order.timeout, ring);
}

/**
 * A line that needs no shell is started without one, in its own folder: `cd` would be the shell's to tell. What
 * cannot be started so is left to the shell, which says in its own words why.
 */
function start(attempt: Attempt, launch: Omit<Launch, "argv">): void {
  const { order, world } = attempt;
  const { command } = order;
  const plain = command.kind === "shell" && order.cwd === undefined ? plainWords(command.line) : undefined;
  const through = (argv: Launch["argv"], otherwise?: () => void): void => {
    attempt.process = world.launcher.launch({ ...launch, argv }, (end) => {
      if (end.how.kind === "not-started" && otherwise !== undefined && attempt.phase.kind === "running")
        otherwise();
      else processEnded(attempt, end);
    });
  };
  if (plain === undefined) through(argvOf(command));
  else through(plain, () => through(argvOf(command)));
}

function cancel(attempt: Attempt, patienceUs: number): void {
  const { phase } = attempt;
  if (phase.kind !== "holding") {
    stop(attempt, "cancelled", patienceUs);
    return;
  }
  phase.end.cancel();
  // On the slower machine that is imitated it would still be running.
  finish(attempt, {
    ...phase.report,
    ending: { kind: "cancelled" },
    endedBootUs: attempt.world.clock.nowUs(),
  });
}

function stop(attempt: Attempt, because: "timed-out" | "cancelled", patienceUs: number): void {
  const { phase, process, world } = attempt;
  if (process?.signalGroup("SIGTERM") !== true) return;
  const killAtBootUs = world.clock.nowUs() + patienceUs;
  if (phase.kind === "stopping" && phase.killAtBootUs <= killAtBootUs) return;
  const kill = alarmAt(world.clock, killAtBootUs, () => process.signalGroup("SIGKILL"));
  if (phase.kind === "stopping") {
    phase.kill.cancel();
    Object.assign(phase, { kill, killAtBootUs });
  } else attempt.phase = { kind: "stopping", because, killAtBootUs, kill };
}

function processEnded(attempt: Attempt, end: LaunchEnd): void {
  attempt.timeout?.cancel();
  if (attempt.phase.kind === "stopping") {
    groupEnding(attempt, attempt.phase, end);
    return;
  }
  attempt.process?.signalGroup("SIGKILL");
  const report = reportOf(attempt, end.how, end);
  const heldUs = (report.endedBootUs - attempt.startedBootUs) * (attempt.order.slowdown - 1);
  if (report.ending.kind === "not-started" || heldUs <= 0) finish(attempt, report);
  else hold(attempt, report, heldUs);
}

/** Told to end, the others of the group have the same time to do so as the main process. */
function groupEnding(attempt: Attempt, phase: Phase & { kind: "stopping" }, end: LaunchEnd): void {
  const { clock } = attempt.world;
  if (attempt.process?.groupLives() === true && clock.nowUs() < phase.killAtBootUs + DEATH_US_MAX) {
    setTimeout(() => groupEnding(attempt, phase, end), LOOK_AFTER_GROUP_MS);
    return;
  }
  phase.kill.cancel();
  finish(attempt, reportOf(attempt, { kind: phase.because }, end));
}

function hold(attempt: Attempt, report: TaskReport, heldUs: number): void {
  const { clock } = attempt.world;
  const end = alarmAt(clock, report.endedBootUs + heldUs, () =>
    finish(attempt, { ...report, endedBootUs: clock.nowUs() }),
  );
  attempt.phase = { kind: "holding", end, report };
}

function finish(attempt: Attempt, report: TaskReport): void {
  attempt.phase = { kind: "over" };
  attempt.over(report);
}

/** To be called once, when nothing of the task runs any more: its output is closed and its folder emptied. */
function reportOf(attempt: Attempt, ended: AttemptEnding, end?: LaunchEnd): TaskReport {
  const ending = heldToOutputs(attempt.staged, ended);
  const endedBootUs = attempt.world.clock.nowUs();
  const { stdoutBytes, stderrBytes } = closeOutput(attempt);
  attempt.world.scratch.empty(attempt.slot);
  return {
    ...{ task: attempt.order.task, attempt: attempt.order.attempt, ending },
    startedBootUs: ending.kind === "not-started" ? endedBootUs : attempt.startedBootUs,
    ...{ endedBootUs, slot: attempt.slot, stdoutBytes, stderrBytes },
    ...(end?.cpuUs === undefined ? {} : { cpuUs: end.cpuUs }),
    ...(end?.peakMemoryBytes === undefined ? {} : { peakMemoryBytes: end.peakMemoryBytes }),
  };
}

function closeOutput({ capture, order, world }: Attempt): Captured {
  if (capture === undefined) return { stdoutBytes: 0, stderrBytes: 0, troubles: [] };
  world.bound.forget(capture);
  const captured = closeCapture(capture, world.outputCapBytes);
  for (const text of captured.troubles) world.onTrouble(text);
  try {
    if (captured.stdoutBytes + captured.stderrBytes > 0) world.pack?.add(order, capture);
  } catch (error) {
    // It stays in files of its own, where it is found as well.
    world.onTrouble(`the output of task ${order.id} is not packed: ${String(error)}`);
  }
  return captured;
}

const argvOf = (command: TaskCommand): readonly [string, ...string[]] =>
  command.kind === "shell" ? ["/bin/sh", "-c", command.line] : command.argv;
