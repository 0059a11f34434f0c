/** The list of runs, of which one is played and the others stand still. */
import { fakeView, type FakeState } from "./fake-run.js";

export function fakeRuns(state: FakeState): unknown {
  const view = fakeView(state);
  const lineOf = (line: object): object => ({
    run: view.run,
    bag: view.bag,
    phase: view.phase,
    state: view.state,
    awaits_choice: view.awaits_choice,
    tasks: { total: view.tasks.total, done: view.tasks.done, failed: view.tasks.failed },
    budget_usd: view.budget_usd,
    spent_usd: view.spent_usd,
    committed_usd: view.committed_usd,
    started_at: view.started_at,
    ended_at: view.ended_at,
    ...line,
  });
  return {
    schema: 1,
    runs: [
      lineOf({}),
      lineOf({
        run: "2026-11-28T1930-fold",
        bag: "fold-variants.yaml",
        phase: "running",
        state: "running",
        awaits_choice: false,
        tasks: { total: 120_000, done: 81_422, failed: 0 },
        budget_usd: 80,
        spent_usd: 51.203311,
        ended_at: null,
      }),
      lineOf({
        run: "2026-11-28T0900-sweep",
        bag: "sweep.jsonl",
        phase: "ended",
        state: "done",
        awaits_choice: false,
        tasks: { total: 500, done: 500, failed: 0 },
        budget_usd: 2,
        spent_usd: 1.71,
        committed_usd: 0,
        ended_at: "2026-11-28T10:12:00Z",
      }),
      lineOf({
        run: "2026-11-27T1145-<b>tiles",
        bag: "<img src=x onerror=alert(1)>",
        phase: "ended",
        state: "budget-too-low",
        awaits_choice: false,
        tasks: { total: 900, done: 312, failed: 4 },
        budget_usd: 1,
        spent_usd: 0.99,
        committed_usd: 0,
        ended_at: "2026-11-27T12:00:00Z",
      }),
    ],
    budget_usd: 200,
    reserved_usd: 94.7,
    spent_usd: 63.187728,
  };
}
