/** Runs that are only documents, behind the port that a server sees: they change when a test says so. */
import type { MachineView } from "@stint/shared/api/history.js";
import { TASKS_A_PAGE_MOST } from "@stint/shared/api/tasks.js";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { ServedRun, ServedRuns } from "../../packages/master/src/console/web/runs-port.js";
import { lineOf, someHistory, someLine, someOffers, someSummary, someTask, someView } from "./documents.js";

export interface FakeRun {
  readonly run: ServedRun;
  /** Tells all who watch. */
  show(changes: Partial<LiveView>): void;
  /** Nothing more is told. */
  end(): void;
  readonly watchers: () => number;
  readonly latest: () => LiveView;
}

export interface FakeRuns extends ServedRuns {
  readonly of: (name: string) => FakeRun;
  readonly submit: NonNullable<ServedRuns["submit"]>;
  /** What was asked of runs, as words. */
  readonly asked: string[];
}

const TASKS = 1000;
const PRINTED = Buffer.from("42\n<script>alert(1)</script>\u001b[31m\n");

export function fakeRuns(...names: readonly string[]): FakeRuns {
  const asked: string[] = [];
  const runs = new Map(names.map((name) => [name, fakeRun(name, asked)]));
  const listeners = new Set<() => void>();
  const all = () => [...runs.values()].map(({ latest }) => lineOf(latest()));
  return {
    asked,
    of: (name) => runs.get(name)!,
    list: () => {
      const spent = all().reduce((sum, line) => sum + line.spent_usd, 0);
      return Promise.resolve({ schema: 1, runs: all(), budget_usd: 20, reserved_usd: 10, spent_usd: spent });
    },
    watch(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    find: (name) => Promise.resolve(runs.get(name)?.run),
    submit({ name, bag }) {
      const run = name ?? `run-${String(runs.size)}`;
      asked.push(`submit ${run} (${String(bag.text.length)} characters)`);
      if (runs.size < 50) runs.set(run, fakeRun(run, asked));
      for (const tell of listeners) tell();
      return Promise.resolve(runs.has(run) ? run : names[0]!);
    },
  };
}

function fakeRun(name: string, asked: string[]): FakeRun {
  let view = someView(name);
  const watchers = new Map<(view: LiveView) => void, () => void>();
  const act = (words: string): Promise<void> => {
    asked.push(`${name}: ${words}`);
    return Promise.resolve();
  };
  return {
    show(changes) {
      view = { ...view, ...changes };
      for (const tell of watchers.keys()) tell(view);
    },
    end() {
      for (const over of [...watchers.values()]) over();
    },
    watchers: () => watchers.size,
    latest: () => view,
    run: {
      view: () => Promise.resolve(view),
      watch(tell, over) {
        watchers.set(tell, over);
        tell(view);
        return () => watchers.delete(tell);
      },
      history: () => Promise.resolve(someHistory(name)),
      machines: () => Promise.resolve({ machines: [SOME_MACHINE], gone: 1 }),
      tasks: ({ after = 0, limit = TASKS_A_PAGE_MOST, state, search }) => {
        const numbers = Array.from(
          { length: Math.max(0, Math.min(limit, TASKS - after)) },
          (_, at) => after + at + 1,
        );
        const lines = numbers.map(someLine).filter((line) => state === undefined || line.state === state);
        const tasks = lines.filter(({ command }) => search === undefined || command.includes(search));
        const seen = numbers.at(-1) ?? TASKS;
        const next = seen < TASKS ? seen : null;
        return Promise.resolve({ schema: 1, run: name, tasks, next_after: next, seen_to: seen });
      },
      task: (number) => Promise.resolve(number <= TASKS ? someTask(name, number) : undefined),
      output: ({ task, from, most }) => {
        const part = { bytes: PRINTED.subarray(from, from + most), size: PRINTED.length, open: task === 405 };
        return Promise.resolve(task <= TASKS ? part : undefined);
      },
      report: () => Promise.resolve(someSummary(view)),
      whatIf: (budget) => Promise.resolve(someOffers(budget / 1_000_000)),
      choose: (offer) => act(`choose ${offer}`),
      cancel: (how) => act(`cancel ${how}`),
      pause: () => act("pause"),
      resume: () => act("resume"),
      addBudget: (amount) => act(`budget ${String(amount / 1_000_000)}`),
      retryFailed: () => act("retry"),
    },
  };
}

const SOME_MACHINE: MachineView = {
  ...{ machine: "small-1", cluster: "small", state: "ready", rented_s: 0, ready_s: 2, gone_s: null },
  ...{ paid_until_s: 3600, running: 2 },
};
