/** `stint submit`: hands a bag to the long-lived master, and looks on until it has ended, or leaves at once. */
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { BAG_BYTES_MOST, type Submission } from "@stint/shared/api/runs.js";
import { RETRIES_MOST } from "@stint/shared/bag/retries-most.js";
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { shellWord } from "../console/terminal/shell-word.js";
import type { OfferName } from "../planner/vocabulary/settings.js";
import { usingFile } from "../store/file-trouble.js";
import { amountOf, countOf, positiveDurationOf } from "./amounts.js";
import { hubAt } from "./hub/ask-hub.js";
import { homeAt } from "./hub/home.js";
import { CLUSTERS_FILE, readClusters } from "./input/clusters-file.js";
import { fileExists } from "./input/open-file.js";
import { printDocument } from "./known-run.js";
import { sayAndHowOn } from "./say.js";

export interface SubmitFlags {
  readonly home?: string | undefined;
  readonly budget?: string | undefined;
  readonly choose?: OfferName | undefined;
  readonly clusters?: string | undefined;
  readonly name?: string | undefined;
  readonly retries?: string | undefined;
  readonly timeout?: string | undefined;
  readonly replicable?: true | undefined;
  readonly detach?: true | undefined;
  readonly json?: true | undefined;
}

export async function submit(bag: string, flags: SubmitFlags): Promise<ExitCode> {
  const home = homeAt(flags.home);
  const hub = hubAt(home);
  const run = await hub.submit(await submissionOf(bag, flags));
  if (flags.detach !== true) {
    const { watch } = await import("./watch.js");
    return watch({ run, runs: home.runs, ...(flags.json === true && { json: true }) });
  }
  if (flags.json === true) printDocument({ schema: 1, run });
  else sayAndHowOn(`${run} is taken.`, { label: "To see it: ", command: `stint watch ${shellWord(run)}` });
  return EXIT.done;
}

/** Every word is read before anything is handed in; the bag itself is read by the process that carries it out. */
async function submissionOf(bag: string, flags: SubmitFlags): Promise<Submission> {
  if (flags.budget !== undefined) amountOf(flags.budget, "--budget");
  if (flags.timeout !== undefined) positiveDurationOf(flags.timeout, "--timeout");
  const retries =
    flags.retries === undefined
      ? undefined
      : countOf(flags.retries, "--retries", { least: 0, most: RETRIES_MOST });
  const clusters = flags.clusters ?? (fileExists(CLUSTERS_FILE) ? CLUSTERS_FILE : undefined);
  if (clusters !== undefined) readClusters(clusters);
  return {
    bag: { file_name: bag === "-" ? "stdin.txt" : basename(bag), text: await bagText(bag) },
    cwd: process.cwd(),
    ...(flags.name !== undefined && { name: nameOf(flags.name) }),
    ...(clusters !== undefined && { clusters: readFileSync(clusters, "utf8") }),
    ...(flags.budget !== undefined && { budget: flags.budget }),
    ...(flags.choose !== undefined && { choose: flags.choose }),
    ...(retries !== undefined && { retries }),
    ...(flags.timeout !== undefined && { timeout: flags.timeout }),
    ...(flags.replicable === true && { replicable: true }),
  };
}

async function bagText(bag: string): Promise<string> {
  if (bag === "-") return textOf(process.stdin);
  return usingFile(bag, "a bag that can be read", () => {
    const { size } = statSync(bag);
    if (size <= BAG_BYTES_MOST) return readFileSync(bag, "utf8");
    throw new TroubleError({
      kind: "bad-input",
      code: "bag-too-large",
      where: bag,
      found: `${String(size)} bytes`,
      expected: `at most ${String(BAG_BYTES_MOST)} in a bag that is handed in`,
      hint: "stint run takes larger ones; or write it as a template (stint run --help)",
    });
  });
}

function nameOf(name: string): string {
  if (/^[\w.-]{1,80}$/u.test(name)) return name;
  throw new TroubleError({
    kind: "usage",
    code: "bad-value",
    where: "--name",
    found: JSON.stringify(name),
    expected: "letters, digits, dots, dashes and underscores, at most 80",
    hint: "--name nightly",
  });
}
