/** A run's folder as a master leaves it, made from an imagined run: for verbs that look at one. */
import { join } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import type { ClusterName, TaskId } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, seconds } from "@stint/shared/units.js";
import { keepRun } from "@stint/master/cli/live/kept.js";
import type { Frame } from "@stint/master/planner/records.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { EPOCH } from "@stint/master/simulate/imagined-world.js";
import { simulate, type SimulatedRun } from "@stint/master/simulate/simulate.js";
import { createJournal, openJournal } from "@stint/master/store/journal.js";
import { createRunFolder, type RunFolder } from "@stint/master/store/run-folder.js";
import { writeBag } from "@stint/master/store/write-bag.js";

const TASKS = 60;

export interface KeptRun {
  readonly folder: RunFolder;
  readonly imagined: SimulatedRun;
}

export interface KeptOptions {
  readonly dollars?: number;
  /** Write down only so many frames, as a master that was killed. */
  readonly framesMost?: number;
  /** Changes frames before they are written down: what a mistake would do. */
  readonly spoil?: (frame: Frame, number: number) => Frame;
}

const cluster = (name: string, price: number): RunSettings["clusters"][number] => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 4,
  slots: 1,
  tariff: { price: microUsdPerHour(price), atu: seconds(1), minimum: seconds(0), grace: seconds(0) },
  bootLimit: minutes(15),
  bootExpected: seconds(0),
  speed: 1,
});

/** 60 tasks of a minute on two clusters, some attempts failing; it costs some 0.06 usd. */
export async function keptRun(place: string, options: KeptOptions = {}): Promise<KeptRun> {
  const { dollars = 1, framesMost = Infinity, spoil = (frame: Frame) => frame } = options;
  const folder = createRunFolder({ runs: join(place, "runs"), name: "looked-at", at: EPOCH });
  const settings: RunSettings = {
    name: folder.name,
    clusters: [cluster("small", 40_000), cluster("large", 200_000)],
    budget: microUsd(dollars * 1e6),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "cheapest+20",
    yes: false,
    without: [],
  };
  const imaginary = {
    boot: { kind: "constant", value: 5 },
    noise: 0.1,
    lossPerHour: 0,
    delivers: 1,
  } as const;
  const imagined = simulate({
    settings,
    clusters: [
      { ...imaginary, speed: 1, failures: 0.3 },
      { ...imaginary, speed: 4, failures: 0.1 },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 60, deviation: 6 }, tasks: TASKS },
    tasks: { retriesOf: () => 1, mayBeCopied: () => true },
    bag: "bag.txt",
    checked: false,
    keepFrames: true,
  });
  await writeBag(folder.bag, bag());
  keepRun(folder, {
    bag: "bag.txt",
    bagId: folder.name,
    bagSeals: [],
    cwd: place,
    wide: { retries: 1, replicable: true },
    envNames: [],
    results: {},
    anchor: { boot_id: "none", boot_us: 0, at_us: EPOCH },
  });
  await writeFrames(folder, imagined.frames.slice(0, framesMost).map(spoil));
  return { folder, imagined };
}

function* bag(): Generator<Task> {
  for (let number = 1; number <= TASKS; number += 1) {
    yield { id: `t${String(number)}` as TaskId, command: { kind: "shell", line: `echo ${String(number)}` } };
  }
}

async function writeFrames({ journal: path }: RunFolder, frames: readonly Frame[]): Promise<void> {
  const journal = openJournal(path, createJournal(path), ({ cause }) => {
    throw cause;
  });
  for (const frame of frames) journal.append(frame, () => undefined);
  await journal.close();
}
