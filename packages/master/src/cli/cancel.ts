/** `stint cancel`, `stint pause`: what a person asks of a run that goes on elsewhere. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { endWords } from "../console/terminal/run-words.js";
import { shellWord } from "../console/terminal/shell-word.js";
import type { EndState } from "../planner/vocabulary/phase.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun, masterOf } from "./hub/find-known-run.js";
import { askMaster, noMaster } from "./control/ask-master.js";
import type { Asked } from "./control/control-words.js";
import { isHeld, lookAtRun, printDocument, shownFolder, type LookFlags } from "./known-run.js";
import { sayAndHowOn, sayWords } from "./say.js";

export interface CancelFlags extends LookFlags {
  readonly now?: true | undefined;
}

export function cancel(flags: CancelFlags): Promise<ExitCode> {
  const now = flags.now === true;
  return tell(
    flags,
    { ask: "stop", how: now ? "now" : "drain" },
    {
      words: now
        ? "Stopping now: what runs is cancelled, machines are given back."
        : "Stopping: no task is started any more, those that run have 30 s to end; at once with --now.",
      label: "To go on later: ",
    },
  );
}

export const pause = (flags: LookFlags): Promise<ExitCode> =>
  tell(
    flags,
    { ask: "pause" },
    {
      words: "Paused: nothing is started, rented or renewed. What runs goes on to the end of what is paid.",
      label: "To go on: ",
    },
  );

/** What is said where a master was reached, and before the command that goes on. */
interface Said {
  readonly words: string;
  readonly label: string;
}

async function tell(flags: LookFlags, asked: Asked, { words, label }: Said): Promise<ExitCode> {
  const folder: RunFolder = findKnownRun(flags.run, flags.runs);
  const reached = (await askMaster(folder, asked)) !== undefined;
  const end = reached ? undefined : endOf(flags, folder);
  if (end === "unknown") return giveUp(flags, folder, asked);
  if (flags.json === true)
    printDocument({
      schema: 1,
      run: folder.name,
      asked: reached ? asked.ask : null,
      state: end?.state ?? "running",
    });
  else if (end === undefined)
    sayAndHowOn(words, { label, command: `stint resume ${shellWord(shownFolder(folder))}` });
  else
    sayWords(
      `${shownFolder(folder)} has ended already (${end.words}): there is nothing to ${asked.ask === "stop" ? "cancel" : "pause"}.`,
    );
  return EXIT.done;
}

/** Whoever asks a run to end, or to stand still, has what they want of one that has ended. */
function endOf(
  flags: LookFlags,
  folder: RunFolder,
): { readonly state: EndState; readonly words: string } | "unknown" {
  const { run, bag } = lookAtRun(flags);
  bag.close();
  if (run.phase !== "ended" || isHeld(folder)) return "unknown";
  const state = run.endState ?? "stopped";
  return { state, words: endWords(state, run.offer.offers?.offers.length ?? 0) };
}

/** One whose process died again and again: a long-lived master that keeps its budget gives back what is not spent. */
async function giveUp(flags: LookFlags, folder: RunFolder, asked: Asked): Promise<ExitCode> {
  const hub = asked.ask === "stop" && !isHeld(folder) ? masterOf(folder) : undefined;
  if (hub === undefined) throw noMaster(folder);
  await hub.act(folder.name, "cancel", { how: "now" });
  if (flags.json === true) printDocument({ schema: 1, run: folder.name, asked: "stop", state: "stopped" });
  else sayWords(`${shownFolder(folder)} is given up: what it has not spent is free for others.`);
  return EXIT.done;
}
