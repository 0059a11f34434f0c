/** Sees a run through to its end: begins or goes on with it, lets it be watched and stopped, tells what came of it. */
import type { History } from "@stint/shared/api/history.js";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { Chronicle } from "../../console/model/chronicle.js";
import { createConsole, type TerminalConsole } from "../../console/terminal/create-console.js";
import { shownPath } from "../../console/terminal/shown-path.js";
import type { Deliver } from "../../drive/ports.js";
import { headline } from "../../planner/headline.js";
import type { ChoiceRefused, OfferPicked } from "../../planner/offer/records.js";
import type { Summary } from "../../planner/report/summary.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import { fileSystemOf } from "../../store/file-system.js";
import type { RunFolder } from "../../store/run-folder.js";
import { writeAtomically } from "../../store/write-atomically.js";
import { newThinker } from "../../drive/think.js";
import type { HeldRun } from "./begin-run.js";
import { serveControl, type Control } from "../control/serve-control.js";
import type { OnePage } from "../served/serve-one.js";
import { lookedAt, type LookedAt } from "../looks/looked-at.js";
import { screenView } from "../looks/screen-view.js";
import { composeLive, type LiveRun } from "./compose-live.js";
import { firstFailures } from "./first-failures.js";
import { folderTaken, watchFolder, type FolderWatch } from "./folder-stands.js";
import { folderDoubts, leftUnwritten } from "./live-words.js";
import { exitCodeOfRun, summaryOf } from "./outcome.js";
import type { Manner } from "./requests.js";
import type { RunViews } from "./run-views.js";
import { watchStopSignals } from "./signals.js";
import { leaveReport } from "../write-report.js";

export interface Passage {
  readonly manner: Manner;
  /** Values of the variables named with `--env`. */
  readonly named: Readonly<Record<string, string>>;
  readonly sessions: ReadonlyMap<MachineId, string>;
  /** What the person should know before anything happens. */
  readonly notes?: readonly string[];
  /** Rows of what happened before are in them already. */
  readonly views: RunViews;
  /** What happened before is told in it already. */
  readonly chronicle: Chronicle;
  /** The first thing that happens, once everything is in its place. */
  readonly begin: (live: LiveRun) => void;
}

/** What is composed a little later than what speaks of it. */
interface World {
  live?: LiveRun;
  page?: OnePage | undefined;
}

/** @returns the exit code that says how the run ended */
export async function seeThrough(held: HeldRun, passage: Passage): Promise<ExitCode> {
  const { folder, kept, run } = held;
  const { views, chronicle } = passage;
  const world: World = {};
  const now = (): Instant => world.live?.now() ?? run.at;
  const deliver: Deliver = (event) => world.live?.deliver(event);
  const shown = consoleOf(held, passage, { now, deliver });
  const summaryNow = (): Summary => summaryOf(run, { run: folder.name, bag: kept.bag });
  const failures = firstFailures();
  const broken = defect();
  const stop = stopping(held, world, { shown, broken: broken.happened });
  const place = placeOf(held, world, { shown, broken: broken.happened });
  const looks = looksAt(held, chronicle, now);
  const control = serveControl({
    ...{ files: folder, run, now, deliver, stop, summary: summaryNow, looked: looks.looked, chronicle },
    say: (text) => shown.say([text]),
  });
  const live = await composeLive(held, {
    named: passage.named,
    audiences: [views, chronicle, shown, failures, control],
    sessions: passage.sessions,
    stands: place.stands,
    say: (text) => shown.say(text.split("\n")),
    broken: broken.happened,
  });
  world.live = live;
  const signals = watchStopSignals(stop);
  let unplaced: readonly string[] = [];
  try {
    shown.say(folderDoubts(shownPath(folder.path), fileSystemOf(folder.path)));
    shown.say(passage.notes ?? []);
    passage.begin(live);
    shown.start(run);
    if (run.phase !== "ended") world.page = await openTo(held, passage.manner, { control, shown });
    if (run.phase !== "ended") await Promise.race([live.ended, broken.promise]);
  } finally {
    signals.close();
    place.close();
    // What is still on its way to the disk is shown before the last look.
    await live.close();
    await control.close();
    await Promise.all([world.page?.close(), looks.close()]);
    unplaced = await views.settled(run.phase === "ended");
    shown.close();
    if (run.endState === "failed-tasks") shown.say(failures.lines(held, process.stderr.columns));
    shown.say(unplacedLines(unplaced));
    views.close();
    held.bag.close();
  }
  place.refuse();
  const summary = { ...summaryNow(), ...views.failures(run) };
  tellEnd(folder, summary, { shown, json: passage.manner.json, history: looks.looked.history() });
  held.lock.release();
  const code = exitCodeOfRun(run);
  return code === EXIT.done && unplaced.length > 0 ? EXIT.tasksFailed : code;
}

/** The receipt: as a document, on the screen, as a page, and where it is asked for on standard output. */
function tellEnd(folder: RunFolder, summary: Summary, { shown, json, history }: EndTold): void {
  const document = `${JSON.stringify(summary, undefined, 2)}\n`;
  writeAtomically(folder.summary, document);
  shown.receipt(summary);
  shown.say(leaveReport(folder.report, summary, history));
  if (json) process.stdout.write(document);
}

interface EndTold {
  readonly shown: TerminalConsole;
  readonly json: boolean;
  readonly history: History;
}

const consoleOf = (
  { folder }: HeldRun,
  { manner: { choiceElsewhere }, chronicle }: Pick<Passage, "manner" | "chronicle">,
  { now, deliver }: { readonly now: () => Instant; readonly deliver: Deliver },
): TerminalConsole =>
  createConsole({
    output: process.stderr,
    input: process.stdin,
    env: process.env,
    folder: shownPath(folder.path),
    now,
    view: (run) => screenView(run, chronicle),
    headline,
    ...(choiceElsewhere === true && { choiceElsewhere }),
    onChoice: (pick) => deliver(choiceEvent(pick, now())),
  });

interface Told {
  readonly shown: TerminalConsole;
  readonly broken: (reason: unknown) => void;
}

/** From here on it can be reached from elsewhere, and has its page where one was asked for. */
async function openTo(
  { folder }: HeldRun,
  { web }: Manner,
  { control, shown }: { readonly control: Control; readonly shown: TerminalConsole },
): Promise<OnePage | undefined> {
  await control.open();
  if (web === undefined) return undefined;
  const { serveOne } = await import("../served/serve-one.js");
  const page = await serveOne(folder, control.asker, { ...web, isTerminal: process.stderr.isTTY });
  shown.say(page.lines);
  return page;
}

/** What pages are told of the run; what they ask to have thought out does not keep the run's own questions waiting. */
function looksAt(
  held: HeldRun,
  chronicle: Chronicle,
  now: () => Instant,
): { readonly looked: LookedAt; readonly close: () => Promise<void> } {
  const thinker = newThinker();
  const names = { run: held.folder.name, bag: held.kept.bag };
  return {
    looked: lookedAt({ ...held, chronicle, names, now, thinker }),
    close: () => thinker.close(),
  };
}

/** By a signal or through the control socket: the same. */
const stopping =
  ({ folder }: HeldRun, world: World, { shown, broken }: Told) =>
  (how: "drain" | "now"): void => {
    const { live } = world;
    shown.stopping(how);
    live?.deliver({ kind: "stop-asked", how, at: live.now() });
    // Nothing is given back before it is written down; who asks again is not held by a disk that takes nothing.
    if (how === "now")
      void live?.writable().then((writable) => {
        if (!writable) broken(leftUnwritten(folder.journal, shownPath(folder.path)));
      });
  };

/** Agents give their tasks five seconds, and are killed after a few more. */
const END_WITHIN_MS = 10_000;

/** The run's folder is gone: all is stopped and given back as after a second signal, and the run ends as trouble. */
function placeOf({ folder, lock }: HeldRun, world: World, { shown, broken }: Told): Place {
  const trouble = folderTaken(shownPath(folder.path));
  let taken = false;
  const watch = watchFolder(folder, lock, () => {
    taken = true;
    shown.say([`${trouble.trouble.where}, or a part of it, is gone: stopping now.`]);
    world.live?.deliver({ kind: "stop-asked", how: "now", at: world.live.now() });
    setTimeout(() => broken(trouble), END_WITHIN_MS).unref();
  });
  const refuse = (): void => {
    if (taken) throw trouble;
  };
  return { ...watch, refuse };
}

interface Place extends FolderWatch {
  /** Throws where the folder has gone. */
  readonly refuse: () => void;
}

const UNPLACED_SHOWN_MOST = 10;

/** Of what was written and could not be moved or copied, as into a folder that has become unwritable meanwhile. */
const unplacedLines = (unplaced: readonly string[]): string[] =>
  unplaced.length === 0
    ? []
    : [
        "not everything that was written is in its place; stint resume tries again:",
        ...unplaced.slice(0, UNPLACED_SHOWN_MOST).map((line) => `  ${line}`),
      ];

const choiceEvent = (pick: OfferName | undefined, at: Instant): OfferPicked | ChoiceRefused =>
  pick === undefined ? { kind: "choice-refused", at } : { kind: "offer-picked", pick, by: "person", at };

/** A mistake of ours on another thread or in a callback ends the wait for the run's end. */
function defect(): { readonly promise: Promise<never>; readonly happened: (reason: unknown) => void } {
  let happened: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    happened = (reason) => reject(reason instanceof Error ? reason : new Error(String(reason)));
  });
  // Whoever awaits the run's end hears of it; nobody else has to.
  promise.catch(() => undefined);
  return { promise, happened };
}
