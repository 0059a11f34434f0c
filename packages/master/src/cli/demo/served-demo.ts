/** An imagined run as pages see it, in this process: nothing of it lies in a folder, and its tasks have printed nothing. */
import type { AttemptView, TaskView } from "@stint/shared/api/tasks.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { TaskId } from "@stint/shared/ids.js";
import { present } from "@stint/shared/invariant.js";
import { between, type Instant } from "@stint/shared/units.js";
import type { Chronicle } from "../../console/model/chronicle.js";
import { runLine } from "../../console/model/live-view.js";
import type { ServedRun, ServedRuns } from "../../console/web/runs-port.js";
import type { Audience } from "../../drive/ports.js";
import type { Thinker } from "../../drive/think.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { RunEvent } from "../../planner/records.js";
import { secondsOf, usd } from "../../planner/report/summary-words.js";
import type { Summary } from "../../planner/report/summary.js";
import { awaitsChoice } from "../../planner/view-promise.js";
import type { ImaginedWorld } from "../../simulate/imagined-world.js";
import { KIND_WORDS } from "../../store/rows.js";
import { lookedAt, type TaskStanding } from "../looks/looked-at.js";
import { openAttempt, withAttempts } from "../looks/task-views.js";

export interface PlayedRun {
  readonly world: ImaginedWorld;
  readonly chronicle: Chronicle;
  readonly attempts: ClosedAttempts;
  readonly now: () => Instant;
  readonly thinker: Thinker;
  readonly names: { readonly run: string; readonly bag: string };
  readonly summary: () => Summary;
}

/** The attempts that are over, of each task: as a run's folder would have them. */
export interface ClosedAttempts extends Audience {
  readonly of: (task: number) => readonly ClosedAttempt[];
}

export function closedAttempts(): ClosedAttempts {
  const known = new Map<number, ClosedAttempt[]>();
  return {
    seen(_frame, _run, { attempts }) {
      for (const one of attempts) known.set(one.task, [...(known.get(one.task) ?? []), one]);
    },
    of: (task) => known.get(task) ?? [],
  };
}

/** Time passes in it whether or not anything happens. */
const TELL_EVERY_MS = 250;

export function servedDemo(played: PlayedRun): ServedRuns {
  const run = servedRun(played);
  return {
    async list() {
      const view = await run.view();
      const { budget_usd, spent_usd } = view;
      const reserved_usd = view.ended_at === null ? (budget_usd ?? spent_usd) : spent_usd;
      return { schema: 1, runs: [runLine(view)], budget_usd, reserved_usd, spent_usd };
    },
    watch: (tell) => every(tell),
    find: (name) => Promise.resolve(name === played.names.run ? run : undefined),
  };
}

function every(tell: () => void): () => void {
  const timer = setInterval(tell, TELL_EVERY_MS);
  return () => clearInterval(timer);
}

function servedRun(played: PlayedRun): ServedRun {
  const { world, thinker, names, chronicle, now } = played;
  const looked = lookedAt({
    ...{ run: world.run(), chronicle, names, now, thinker, imagined: true },
    bag: { idOf: (task) => String(task + 1) as TaskId, commandOf: () => "(imagined)" },
  });
  const tell = (event: (at: Instant) => RunEvent): Promise<void> => {
    if (world.run().phase !== "ended") world.tell(event);
    return Promise.resolve();
  };
  return {
    view: () => Promise.resolve(looked.view()),
    watch(told, over) {
      const stop = every(() => {
        told(looked.view());
        if (world.run().phase !== "ended") return;
        stop();
        over();
      });
      told(looked.view());
      return stop;
    },
    history: () => Promise.resolve(looked.history()),
    machines: () => Promise.resolve(looked.machines()),
    tasks: (query) => looked.tasks(query),
    task(number) {
      const known = looked.task(number);
      return Promise.resolve(known === null ? undefined : taskView(played, known));
    },
    output: ({ task }) =>
      Promise.resolve(
        looked.task(task) === null ? undefined : { bytes: new Uint8Array(), size: 0, open: false },
      ),
    report: () => Promise.resolve(played.summary() as Awaited<ReturnType<ServedRun["report"]>>),
    whatIf: (budget) => looked.whatIf(budget),
    choose: (pick) =>
      awaitsChoice(world.run())
        ? tell((at) => ({ kind: "offer-picked", pick, by: "person", at }))
        : Promise.reject(refused("a run that waits for an offer to be picked")),
    cancel: (how) => tell((at) => ({ kind: "stop-asked", how, at })),
    pause: () => tell((at) => ({ kind: "pause-asked", at })),
    resume: () => tell((at) => ({ kind: "unpause-asked", at })),
    addBudget: (amount) => tell((at) => ({ kind: "budget-added", amount, at })),
    retryFailed: () => Promise.reject(refused("a run that is not only imagined")),
  };
}

const refused = (expected: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "only-imagined",
    where: "stint demo",
    found: "an imagined run where this cannot be done now",
    expected,
    hint: "stint demo plays another one",
  });

function taskView({ world, attempts, names }: PlayedRun, { line, running }: TaskStanding): TaskView {
  const { beganAt, settings } = world.run();
  const since = (at: Instant): number => secondsOf(between(beganAt, at));
  const over = attempts.of(line.task - 1).map((one): AttemptView => ({
    attempt: one.attempt,
    kind: KIND_WORDS[one.kind],
    cluster: present(settings.clusters[one.cluster], "an attempt ran on a cluster of the run").name,
    machine: one.machine,
    started_s: since(one.startedAt),
    ended_s: since(one.endedAt),
    outcome: one.outcome,
    exit_code: one.exitCode ?? null,
    signal: one.signal ?? null,
    cost_usd: usd(one.cost),
    stdout_bytes: 0,
    stderr_bytes: 0,
  }));
  const open = running.map((one) => openAttempt(one, {}));
  return withAttempts(names.run, line, [...over, ...open]);
}
