/**
 * `stint run`: its flags become what is asked of a live run. Every one of them is read, and found good or refused,
 * before anything is started; the bag itself is read by the run, before its folder is made.
 */
import { randomInt } from "node:crypto";
import { RETRIES_MOST } from "@stint/shared/bag/retries-most.js";
import type { ExitCode } from "@stint/shared/failures.js";
import type { OfferName, RunSettings } from "../planner/vocabulary/settings.js";
import { amountOf, coresOf, countOf, durationOf, memoryOf, positiveDurationOf } from "./amounts.js";
import { haltOf } from "./halt-words.js";
import { CLUSTERS_FILE } from "./input/clusters-file.js";
import { clustersFor } from "./input/clusters-for.js";
import { resultPlaces } from "./live/result-places.js";
import { inheritedEnvironment } from "./input/environment.js";
import { runSource } from "./input/run-source.js";
import { refuseElsewhere } from "./platform.js";
import type { RunRequest } from "./live/requests.js";
import { refuseUnlimited } from "./unlimited.js";

export interface RunFlags {
  readonly input?: string | undefined;
  readonly budget?: string | undefined;
  readonly clusters?: string | undefined;
  readonly jobs?: string | undefined;
  readonly choose?: OfferName | undefined;
  readonly yes?: true | undefined;
  readonly seed?: string | undefined;
  readonly retries: string;
  readonly timeout?: string | undefined;
  readonly replicable?: true | undefined;
  readonly cpus?: string | undefined;
  readonly memory?: string | undefined;
  readonly review: string;
  readonly wait: string;
  readonly strict?: true | undefined;
  readonly whenShort?: RunSettings["whenShort"] | undefined;
  readonly halt?: string | undefined;
  readonly maxFailures?: string | undefined;
  readonly env?: readonly string[] | undefined;
  readonly withoutEnv?: true | undefined;
  readonly runs: string;
  readonly name?: string | undefined;
  readonly results?: string | undefined;
  readonly resultsJsonl?: string | undefined;
  readonly dryRun?: true | undefined;
  readonly web?: true | undefined;
  readonly port?: string | undefined;
  readonly json?: true | undefined;
}

/** @param words a bag, or a command and behind `:::` its inputs */
export async function run(words: readonly string[], flags: RunFlags): Promise<ExitCode> {
  refuseElsewhere();
  const request = runRequest(words, flags);
  if (flags.dryRun === true) {
    const { dryRun } = await import("./dry-run.js");
    return dryRun(request);
  }
  const { runLive } = await import("./live/run-live.js");
  return runLive(request);
}

const SEED_MOST = 2_147_483_647;

export function runRequest(words: readonly string[], flags: RunFlags): RunRequest {
  const { bag, tasks, name, notes } = runSource(words, flags.input);
  const clusters = clustersFor(flags);
  const budget = flags.budget === undefined ? undefined : amountOf(flags.budget, "--budget");
  refuseUnlimited(clusters, budget, "stint run");
  const halt = haltOf(flags);
  const environment = inheritedEnvironment(process.env, {
    keep: flags.env ?? [],
    nothing: flags.withoutEnv === true,
  });
  return {
    bag,
    tasks,
    notes,
    clusters,
    name: flags.name ?? name,
    runs: flags.runs,
    ...(budget !== undefined && { budget }),
    seed: flags.seed === undefined ? randomInt(SEED_MOST) : countOf(flags.seed, "--seed", { least: 0 }),
    review: positiveDurationOf(flags.review, "--review"),
    wait: durationOf(flags.wait, "--wait"),
    strict: flags.strict === true,
    ...(flags.whenShort !== undefined && { whenShort: flags.whenShort }),
    ...(halt !== undefined && { halt }),
    ...(flags.choose !== undefined && { choose: flags.choose }),
    yes: flags.yes === true,
    wide: {
      retries: countOf(flags.retries, "--retries", { least: 0, most: RETRIES_MOST }),
      replicable: flags.replicable === true,
      ...(flags.timeout !== undefined && { timeout: positiveDurationOf(flags.timeout, "--timeout") }),
      need: {
        ...(flags.cpus !== undefined && { cpus: coresOf(flags.cpus, "--cpus") }),
        ...(flags.memory !== undefined && { memory: memoryOf(flags.memory, "--memory") }),
      },
    },
    environment,
    cwd: process.cwd(),
    results: resultPlaces(flags, [...words, flags.input, flags.clusters ?? CLUSTERS_FILE, "/dev/stdin"]),
    manner: { json: flags.json === true, ...webOf(flags) },
  };
}

const PORT_MOST = 65_535;

/** Whoever has a page can pick an offer there. */
const webOf = ({ web, port }: RunFlags): Pick<RunRequest["manner"], "web" | "choiceElsewhere"> =>
  web !== true && port === undefined
    ? {}
    : {
        web: { port: port === undefined ? 0 : countOf(port, "--port", { least: 0, most: PORT_MOST }) },
        choiceElsewhere: true,
      };
