/** What a person asks of a live run, once every flag has been read and found good: nothing has been started yet. */
import type { Task } from "@stint/shared/bag/bag.js";
import type { Cluster } from "@stint/shared/cluster.js";
import type { Duration, MicroUsd } from "@stint/shared/units.js";
import type { Need } from "../input/fit-slots.js";
import type { Halt, OfferName, RunSettings } from "../../planner/vocabulary/settings.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { EditedBag } from "../../store/extend-bag.js";
import type { ResultPlaces } from "./task-results.js";

/** How the run speaks to whoever called it. */
export interface Manner {
  /** Standard output is one JSON document at the end; everything else goes to standard error. */
  readonly json: boolean;
  /** Where nobody can be asked here, an offer is picked through the control socket or on a page, and waited for. */
  readonly choiceElsewhere?: true;
  /** A page for this one run; port 0: one that is free. */
  readonly web?: { readonly port: number };
}

/** Words that hold for tasks that say nothing themselves. */
export interface BagWideWords {
  readonly retries: number;
  readonly replicable: boolean;
  readonly timeout?: Duration;
  /** What each task needs of a machine. */
  readonly need?: Need;
}

/** What tasks inherit. Only `stored` is written down; what was named with `--env` is asked for again at a resume. */
export interface TaskEnvironment {
  readonly stored: Readonly<Record<string, string>>;
  readonly named: Readonly<Record<string, string>>;
  /** Names that tasks do not get, as they look secret; the person is told. */
  readonly dropped: readonly string[];
}

export interface RunRequest {
  /** As the user typed it, for the summary: a path, or `-`. */
  readonly bag: string;
  /** The tasks, read once; a bad line throws a TroubleError, and the run is then not begun. */
  readonly tasks: AsyncIterable<Task>;
  /** Lines for the person about the bag; all of them when the tasks have been read. */
  readonly notes: readonly string[];
  readonly clusters: readonly Cluster[];
  readonly name: string;
  /** The folder of all runs. */
  readonly runs: string;
  /** Reserved under `runs` for this run; absent: one is made. */
  readonly folder?: RunFolder;
  readonly budget?: MicroUsd;
  readonly seed: number;
  readonly review: Duration;
  readonly wait: Duration;
  readonly strict: boolean;
  readonly whenShort?: RunSettings["whenShort"];
  readonly halt?: Halt | "never";
  readonly choose?: OfferName;
  readonly yes: boolean;
  /** Make the offers, then stop. */
  readonly planOnly?: true;
  readonly wide: BagWideWords;
  readonly environment: TaskEnvironment;
  /** Where the bag was submitted: tasks run there. */
  readonly cwd: string;
  /** Where results are put besides the run's folder. */
  readonly results: ResultPlaces;
  readonly manner: Manner;
}

export interface ResumeRequest {
  /** A run's folder, or its name under `runs`; absent: the latest. */
  readonly run?: string;
  readonly runs: string;
  /** Tasks of an edited bag that are new are taken in; absent: the kept bag as it is. */
  readonly bag?: EditedBag;
  /** Of a run that has ended only what it left is written anew: whoever asks knows of no end. */
  readonly unlessEnded?: true;
  /** Tasks that were given up are wanted again; a run without any is refused. */
  readonly retryFailed?: true;
  /** Given ones override those of the first call. */
  readonly choose?: OfferName;
  readonly yes?: boolean;
  readonly whenShort?: RunSettings["whenShort"];
  readonly halt?: Halt | "never";
  /** Values of the variables that the first call named with `--env`, as they are now. */
  readonly environmentNow: Readonly<Record<string, string | undefined>>;
  readonly manner: Manner;
}
