/** Does a run's story look the same while it happens and from its journal, and is it what the schemas promise? */
import { expect, test } from "vitest";
import { history, HISTORY_ROWS_MOST, machines } from "@stint/shared/api/history.js";
import { liveView as liveViewSchema, type LiveView } from "@stint/shared/api/live-view.js";
import { runLine as runLineSchema } from "@stint/shared/api/runs.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { closedBy } from "../../drive/drive.js";
import { applyFrame } from "../../planner/decide.js";
import { headline } from "../../planner/headline.js";
import type { Frame } from "../../planner/records.js";
import { newRun, type Run } from "../../planner/run-state.js";
import type { RunSettings } from "../../planner/vocabulary/settings.js";
import { createWorld, EPOCH } from "../../simulate/imagined-world.js";
import { newChronicle } from "./chronicle.js";
import { historyDocument } from "./history.js";
import { liveView, runLine } from "./live-view.js";
import { machineDocuments } from "./machines.js";
import type { Shown } from "./shown.js";

const TASKS = 3_000;

const SETTINGS: RunSettings = {
  name: "told",
  clusters: ["small", "large"].map((name, index) => ({
    name: name as ClusterName,
    provider: "imagined",
    most: 6,
    slots: 2,
    tariff: {
      price: microUsdPerHour(100_000 * (index + 1)),
      atu: seconds(1),
      minimum: NO_TIME,
      grace: NO_TIME,
    },
    bootLimit: minutes(15),
    bootExpected: seconds(30),
    speed: 1,
  })),
  budget: microUsd(50_000_000),
  seed: 7,
  review: minutes(5),
  wait: minutes(5),
  strict: false,
  choose: "fastest",
  yes: false,
  without: [],
};

const IMAGINED = {
  boot: { kind: "constant", value: 30 },
  noise: 0.2,
  failures: 0.1,
  lossPerHour: 0.3,
  delivers: 1,
} as const;

interface Looked {
  readonly view: LiveView;
  readonly history: unknown;
  readonly machines: unknown;
}

const look = (shown: Shown): Looked => ({
  view: liveView(shown),
  history: historyDocument(shown),
  machines: machineDocuments(shown),
});

/** A run with its story, told while it happens; looked at after every so many frames. */
function imagine(every: number): { readonly frames: Frame[]; readonly looks: Looked[]; readonly run: Run } {
  const chronicle = newChronicle(headline);
  const frames: Frame[] = [];
  const looks: Looked[] = [];
  const world = createWorld({
    settings: SETTINGS,
    clusters: [
      { ...IMAGINED, speed: 1 },
      { ...IMAGINED, speed: 2 },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 120, deviation: 30 }, tasks: TASKS },
    tasks: { retriesOf: () => 0, mayBeCopied: () => true },
    audience: {
      seen(frame, run, closed) {
        chronicle.seen(frame, run, closed);
        frames.push(frame);
        if (frames.length % every === 0) looks.push(look(shownOf(run)));
      },
    },
  });
  const shownOf = (run: Run): Shown => ({ run, chronicle, now: run.at, name: "told", bag: "bag.txt" });
  world.proceed();
  const run = world.run();
  looks.push(look(shownOf(run)));
  return { frames, looks, run };
}

/** The same from what a journal holds. */
function replay(frames: readonly Frame[], every: number): Looked[] {
  const chronicle = newChronicle(headline);
  const run = newRun(SETTINGS, { size: TASKS, retriesOf: () => 0, mayBeCopied: () => true }, EPOCH);
  const looks: Looked[] = [];
  const shown = (): Shown => ({ run, chronicle, now: run.at, name: "told", bag: "bag.txt" });
  frames.forEach((frame, place) => {
    applyFrame(run, frame);
    chronicle.seen(frame, run, closedBy(run));
    if ((place + 1) % every === 0) looks.push(look(shown()));
  });
  looks.push(look(shown()));
  return looks;
}

const EVERY = 400;
const imagined = imagine(EVERY);

test("a journal tells the same story as was told while it happened", () => {
  expect(imagined.looks.length).toBeGreaterThan(5);
  expect(replay(imagined.frames, EVERY)).toEqual(imagined.looks);
});

test("what is shown is what the schemas promise, and stays small", () => {
  for (const { view, history: rows, machines: shown } of imagined.looks) {
    expect(liveViewSchema.parse(view)).toEqual(view);
    expect(runLineSchema.parse(runLine(view))).toEqual(runLine(view));
    expect(history.parse(rows)).toEqual(rows);
    const { machines: list, gone } = shown as { machines: unknown; gone: number };
    expect(machines.safeParse({ schema: 1, run: "told", machines: list, gone_in_all: gone }).success).toBe(
      true,
    );
    expect(JSON.stringify(view).length).toBeLessThan(64 * 1024);
  }
});

test("every task is somewhere, and money in a history never goes back", () => {
  for (const { view, history: rows } of imagined.looks) {
    const { total, done, failed, quarantined, running, waiting } = view.tasks;
    expect(done + failed + quarantined + running + waiting).toBe(total);
    const { spent_usd: spent, at_s: at, done: doneThen } = history.parse(rows);
    expect([...spent].sort((a, b) => a - b)).toEqual(spent);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
    expect(doneThen.at(-1)).toBe(done);
  }
});

test("a history keeps its beginning and its end, and no more rows than may be shown", () => {
  const last = imagined.looks.at(-1);
  const { at_s: at, done, spent_usd: spent } = history.parse(last?.history);
  expect(at.length).toBeGreaterThan(HISTORY_ROWS_MOST / 4);
  expect(at.length).toBeLessThanOrEqual(HISTORY_ROWS_MOST);
  expect([at[0], done[0]]).toEqual([0, 0]);
  expect([done.at(-1), spent.at(-1)]).toEqual([last?.view.tasks.done, last?.view.spent_usd]);
});

test("tasks that run are shown longest first, and a copy says that it is one", () => {
  const running = imagined.looks.flatMap(({ view }) => view.running);
  expect(running.length).toBeGreaterThan(20);
  for (const { view } of imagined.looks) {
    const spans = view.running.map(({ since_s: since }) => since);
    expect([...spans].sort((a, b) => b - a)).toEqual(spans);
    expect(view.running.length).toBeLessThanOrEqual(view.clusters.reduce((sum, one) => sum + one.slots, 0));
  }
});

test("the first tasks that failed for good are named, as long as they are", () => {
  const { view } = imagined.looks.at(-1) as Looked;
  expect(view.failed_tasks).toHaveLength(10);
  const { state } = imagined.run.attempts;
  for (const task of view.failed_tasks) expect(state[task - 1]).toBeGreaterThan(2);
});
