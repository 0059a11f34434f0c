/** `stint demo`: a published bag in an imagined world, at a pace that a person can follow. Nothing is rented or written. */
import { randomInt } from "node:crypto";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { minutes } from "@stint/shared/units.js";
import { newChronicle, type Chronicle } from "../console/model/chronicle.js";
import { createConsole, type TerminalConsole } from "../console/terminal/create-console.js";
import { abilitiesOf } from "../console/terminal/ink.js";
import { together } from "../drive/together.js";
import { headline } from "../planner/headline.js";
import type { Run } from "../planner/run-state.js";
import type { OfferName, RunSettings } from "../planner/vocabulary/settings.js";
import { createWorld, EPOCH, type ImaginedWorld } from "../simulate/imagined-world.js";
import { pace, type Pace } from "../simulate/pace.js";
import { countOf } from "./amounts.js";
import type { DemoCaseName } from "./demo/case-names.js";
import { openPage } from "./demo/open-page.js";
import { closedAttempts } from "./demo/served-demo.js";
import { demoCase, type DemoCase } from "./demo/demo-cases.js";
import { leaveOnSignal, type Leaving } from "./leave-on-signal.js";
import { exitCodeOfRun, summaryOf } from "./live/outcome.js";
import { screenView } from "./looks/screen-view.js";
import { printDocument } from "./known-run.js";

export interface DemoFlags {
  readonly case: DemoCaseName;
  readonly choose?: OfferName | undefined;
  readonly speed?: string | undefined;
  readonly seed?: string | undefined;
  readonly web?: true | undefined;
  readonly json?: true | undefined;
}

const NAME = "demo";
const SPEED_MOST = 100_000;
const SEED_MOST = 2_147_483_647;

/** What is composed a little later than what speaks of it. */
interface Stage {
  world?: ImaginedWorld;
  pace?: Pace;
}

export async function demo(flags: DemoFlags): Promise<ExitCode> {
  const seed = flags.seed === undefined ? randomInt(SEED_MOST) : countOf(flags.seed, "--seed", { least: 0 });
  const played = demoCase(flags.case);
  const speed = speedOf(flags, played);
  const leaving = leaveOnSignal();
  const stage: Stage = {};
  const chronicle = newChronicle(headline);
  const attempts = closedAttempts();
  const web = flags.web === true;
  const shown = consoleOf(stage, chronicle, { speed, leaving, web });
  const world = createWorld({
    settings: settingsOf(played, seed, flags),
    clusters: played.imagined,
    runtimes: played.runtimesOf(seed),
    tasks: { retriesOf: () => 0, mayBeCopied: () => true },
    audience: together([chronicle, attempts, shown]),
  });
  stage.world = world;
  shown.say([`${played.bag}; seed ${String(seed)}. Ctrl-C leaves.`]);
  shown.start(world.run());
  const run = world.run();
  const names = { run: NAME, bag: `imagined: ${played.bag}` };
  const page = web
    ? await openPage({
        ...{ world, chronicle, attempts, names, now: () => stage.pace?.now() ?? EPOCH },
        summary: () => summaryOf(run, names),
      })
    : undefined;
  shown.say(page?.lines ?? []);
  try {
    const ended = await play(stage, world, { speed, leaving, web }).finally(() => shown.close());
    const summary = summaryOf(run, names);
    if (ended) shown.receipt(summary);
    else process.stderr.write("Left. Nothing was rented, and nothing is kept.\n");
    if (flags.json === true) printDocument(summary);
    if (ended && page !== undefined) {
      process.stderr.write("The page stays until Ctrl-C.\n");
      await leaving.asked;
    }
    return ended ? exitCodeOfRun(run) : EXIT.interrupted;
  } finally {
    leaving.close();
    await page?.close();
  }
}

const speedOf = ({ speed }: DemoFlags, played: DemoCase): number =>
  speed === undefined ? played.speed : countOf(speed, "--speed", { least: 1, most: SPEED_MOST });

interface Manner {
  readonly speed: number;
  readonly leaving: Leaving;
  /** An offer may be picked on the page. */
  readonly web: boolean;
}

/** @returns whether the run came to its end; false where the person left before */
const play = (stage: Stage, world: ImaginedWorld, { speed, leaving }: Manner): Promise<boolean> =>
  new Promise<boolean>((resolve, reject) => {
    stage.pace = pace(world, {
      speed: () => (awaitsChoice(world.run()) ? 1 : speed),
      realNow: () => performance.now(),
      broken: reject,
    });
    void stage.pace.ended.then(() => resolve(true));
    void leaving.asked.then(() => resolve(false));
  }).finally(() => stage.pace?.stop());

/** A person who thinks is not hurried: the clock goes at its own pace meanwhile. */
const awaitsChoice = ({ phase, offer: { offers, pendingPick } }: Run): boolean =>
  phase === "choosing" && offers !== undefined && pendingPick === undefined;

const consoleOf = (stage: Stage, chronicle: Chronicle, { speed, leaving, web }: Manner): TerminalConsole =>
  createConsole({
    output: process.stderr,
    input: process.stdin,
    env: process.env,
    imagined: `IMAGINED: nothing is rented, time goes ${String(speed)} times as fast`,
    now: () => stage.pace?.now() ?? EPOCH,
    view: (run) => screenView(run, chronicle),
    headline,
    ...(web && !canAsk() && { choiceElsewhere: true }),
    onChoice(pick) {
      if (pick === undefined) leaving.leave();
      else stage.world?.tell((at) => ({ kind: "offer-picked", pick, by: "person", at }));
    },
  });

const canAsk = (): boolean => abilitiesOf(process.stderr, process.env).isTerminal && process.stdin.isTTY;

/** Where nobody can be asked the preselected offer is taken: it costs nothing. */
const settingsOf = (played: DemoCase, seed: number, { choose, web }: DemoFlags): RunSettings => ({
  name: NAME,
  clusters: played.clusters,
  budget: played.budget,
  seed,
  review: minutes(5),
  wait: minutes(5),
  strict: false,
  ...(choose !== undefined && { choose }),
  yes: !canAsk() && web !== true,
  without: [],
});
