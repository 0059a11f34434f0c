/** `stint resume`: its flags become what is asked of a run that goes on. */
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { shellWord } from "../console/terminal/shell-word.js";
import { becomeLatest, type RunFolder } from "../store/run-folder.js";
import { askMaster } from "./control/ask-master.js";
import type { AskedHub } from "./hub/ask-hub.js";
import { findKnownRun, masterOf } from "./hub/find-known-run.js";
import { printDocument, shownFolder } from "./known-run.js";
import { sayAndHowOn } from "./say.js";
import type { OfferName, RunSettings } from "../planner/vocabulary/settings.js";
import { haltOf } from "./halt-words.js";
import { readBag } from "./input/read-bag.js";
import type { ResumeRequest } from "./live/requests.js";
import { refuseElsewhere } from "./platform.js";

export interface ResumeFlags {
  readonly bag?: string | undefined;
  readonly choose?: OfferName | undefined;
  readonly yes?: true | undefined;
  readonly whenShort?: RunSettings["whenShort"] | undefined;
  readonly halt?: string | undefined;
  readonly maxFailures?: string | undefined;
  readonly runs: string;
  readonly json?: true | undefined;
}

export async function resume(run: string | undefined, flags: ResumeFlags): Promise<ExitCode> {
  refuseElsewhere();
  const folder = findKnownRun(run, flags.runs);
  const master = masterOf(folder);
  if (master !== undefined) return resumeThere(master, folder, flags);
  if (asksForNothingElse(flags) && (await unpaused(folder))) {
    becomeLatest(folder);
    if (flags.json === true) printDocument({ schema: 1, run: folder.name, asked: "unpause" });
    else
      sayAndHowOn("It goes on.", {
        label: "To see it: ",
        command: `stint watch ${shellWord(shownFolder(folder))}`,
      });
    return EXIT.done;
  }
  const { resumeLive } = await import("./live/resume-live.js");
  return resumeLive(resumeRequest(run, flags));
}

/** The process of the run is its master's to start, as what it may spend is. */
async function resumeThere(master: AskedHub, folder: RunFolder, flags: ResumeFlags): Promise<ExitCode> {
  const { choose, ...others } = flags;
  if (!asksForNothingElse(others)) throw notThere(folder);
  if (choose === undefined) await master.act(folder.name, "resume", {});
  else await master.act(folder.name, "choose", { offer: choose });
  if (flags.json === true) printDocument({ schema: 1, run: folder.name, asked: "resume" });
  else sayAndHowOn("It goes on.", { label: "To see it: ", command: `stint watch ${shellWord(folder.name)}` });
  return EXIT.done;
}

const notThere = ({ name }: RunFolder): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "run-of-a-master",
    where: name,
    found: "a run of a long-lived master, which takes no other words than --choose",
    expected: "stint resume with the run's name, and --choose where an offer is to be picked",
    hint: "hand a changed bag in as another run: stint submit",
  });

/** A flag changes how a run goes on, and a master at work is not told of any. */
const asksForNothingElse = ({
  bag,
  choose,
  yes,
  whenShort,
  halt,
  maxFailures,
}: Omit<ResumeFlags, "runs">): boolean =>
  [bag, choose, yes, whenShort, halt, maxFailures].every((flag) => flag === undefined);

/** Where a master lives, a paused run only has to be told; false when there is none, or nothing was paused. */
async function unpaused(folder: RunFolder): Promise<boolean> {
  try {
    return (await askMaster(folder, { ask: "unpause" })) !== undefined;
  } catch (cause) {
    if (cause instanceof TroubleError && cause.trouble.code === "not-paused") return false;
    throw cause;
  }
}

export function resumeRequest(run: string | undefined, flags: ResumeFlags): ResumeRequest {
  const halt = haltOf(flags);
  return {
    ...(run !== undefined && { run }),
    runs: flags.runs,
    ...(flags.bag !== undefined && { bag: { name: flags.bag, tasks: readBag(flags.bag) } }),
    ...(flags.choose !== undefined && { choose: flags.choose }),
    ...(flags.yes === true && { yes: true }),
    ...(flags.whenShort !== undefined && { whenShort: flags.whenShort }),
    ...(halt !== undefined && { halt }),
    environmentNow: process.env,
    manner: { json: flags.json === true },
  };
}
