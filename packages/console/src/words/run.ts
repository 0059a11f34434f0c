/** What a run does, and why it waits, in a sentence. */
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { RunLine } from "@stint/shared/api/runs.js";
import { count, counted } from "./count.js";

export type Tone = "calm" | "busy" | "wait" | "good" | "bad";
export interface Standing {
  readonly word: string;
  readonly tone: Tone;
}

const ENDED: Readonly<Record<RunLine["state"], Standing>> = {
  done: { word: "Done", tone: "good" },
  "failed-tasks": { word: "Done, with failed tasks", tone: "bad" },
  "budget-too-low": { word: "Budget too low", tone: "bad" },
  stopped: { word: "Stopped", tone: "wait" },
  "needs-choice": { word: "Ended without a choice", tone: "wait" },
  running: { word: "Ended", tone: "calm" },
};

const GOING: Readonly<Record<Exclude<RunLine["phase"], "ended">, Standing>> = {
  queued: { word: "Queued", tone: "wait" },
  sampling: { word: "Sampling", tone: "busy" },
  choosing: { word: "Awaits your choice", tone: "wait" },
  running: { word: "Running", tone: "busy" },
  stopping: { word: "Stopping", tone: "wait" },
  unreachable: { word: "Its master does not answer", tone: "bad" },
};

export function standingOf(run: Pick<RunLine, "phase" | "state" | "awaits_choice">): Standing {
  if (run.phase === "ended") return ENDED[run.state];
  if (run.phase === "choosing" && !run.awaits_choice) return { word: "Computes offers", tone: "busy" };
  return GOING[run.phase];
}

export function standingOfView(view: LiveView): Standing {
  if (view.paused && view.phase !== "ended") return { word: "Paused", tone: "wait" };
  if (view.phase === "running" && view.in_tail) return { word: "Running its tail", tone: "busy" };
  return standingOf(view);
}

/** Why nothing, or less than could be, is done; undefined where nothing is waited for. */
export function waitsFor(view: LiveView): string | undefined {
  if (view.phase === "ended") return undefined;
  if (view.paused) return "Paused by a person: running tasks end, none is started. Resume to go on.";
  if (view.awaits_choice)
    return "The sample has ended: pick an offer. Until then the machines that Cheapest uses go on with the bag, and others stop before they make it dearer.";
  if (view.waiting_for !== null) return view.waiting_for;
  if (view.phase === "stopping") return `Stopping: ${counted(view.tasks.running, "task")} still running.`;
  const booting = view.clusters.reduce((sum, cluster) => sum + cluster.booting, 0);
  const ready = view.clusters.reduce((sum, cluster) => sum + cluster.machines, 0);
  if (ready === 0 && booting > 0) return `Waiting for ${counted(booting, "machine")} to boot.`;
  if (view.phase === "choosing") return "The sample has ended; offers are being computed.";
  if (view.machines_silent > 0)
    return `${counted(view.machines_silent, "machine")} silent: waiting for a word.`;
  return undefined;
}

export const phaseOfSample = ({ sample }: LiveView): string | undefined =>
  sample === null ? undefined : `${count(sample.ended)} of ${count(sample.size)} sampled`;

/** When it began, as its name begins with. */
const BEGUN = /^\d{4}-\d\d-\d\dT[\d-]+?-(?=\D)/u;

/** What a person called it, and its bag: the bag alone where the name is no more than that. */
export function calledAs({ run, bag }: { readonly run: string; readonly bag: string }): string {
  const name = run.replace(BEGUN, "");
  const stem = (bag.split("/").at(-1) ?? bag).replace(/\.\w+$/u, "");
  return name === run || name === "" || stem.startsWith(name) ? bag : `${name}: ${bag}`;
}
