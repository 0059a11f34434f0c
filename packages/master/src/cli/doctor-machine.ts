/**
 * `stint doctor` without a run: is everything set up, and what would be refused? Each thing is tried, nothing is rented,
 * and what was made for a trial is gone afterwards.
 */
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { formatCount } from "@stint/shared/format.js";
import { wrapWords } from "../console/terminal/printable.js";
import { good, refuse, warn, type Check } from "./doctor/check.js";
import { checkComputer } from "./doctor/check-computer.js";
import { checkFolder } from "./doctor/check-folder.js";
import { readClusters } from "./input/clusters-file.js";
import { inheritedEnvironment } from "./input/environment.js";
import { printDocument, printLines } from "./known-run.js";

export interface DoctorFlags {
  readonly runs: string;
  readonly clusters?: string | undefined;
  readonly json?: true | undefined;
}

export async function doctorMachine(flags: DoctorFlags): Promise<ExitCode> {
  const checks = [
    ...checkComputer(),
    ...(await checkFolder(flags.runs)),
    checkClusters(flags.clusters),
    checkEnvironment(),
  ];
  if (flags.json === true) printDocument({ schema: 1, checks: checks.map(documentOf) });
  else printLines(checks.flatMap(linesOf));
  return checks.find(({ state }) => state === "refuse")?.code ?? EXIT.done;
}

function checkClusters(file: string | undefined): Check {
  try {
    const names = readClusters(file).map(
      ({ name, most, slots }) => `${name} (${counted(most, "machine")} of ${counted(slots, "slot")})`,
    );
    return good("clusters", names.join(", "));
  } catch (cause) {
    if (!(cause instanceof TroubleError)) throw cause;
    const { where, found, expected } = cause.trouble;
    return refuse("clusters", `${where}: ${found}`, `expected: ${expected}`, EXIT.badInput);
  }
}

const counted = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;

const NAMED_MOST = 5;

function checkEnvironment(): Check {
  const { dropped } = inheritedEnvironment(process.env, { keep: [], nothing: false });
  if (dropped.length === 0) return good("environment", "all of it reaches tasks");
  const more = dropped.length > NAMED_MOST ? ", …" : "";
  const names = `${dropped.slice(0, NAMED_MOST).join(", ")}${more}`;
  return warn("environment", `tasks do not get ${names}`, "they look secret; --env NAME gives one");
}

const documentOf = ({ name, state, found, means }: Check): unknown => ({
  check: name,
  state,
  found,
  means: means === "" ? null : means,
});

const WIDTH = 80;
const NAME_WIDTH = 16;
const LINES_MOST = 6;
const SIGNS = { good: "ok", warn: "note", refuse: "no" } as const;

function linesOf({ name, state, found, means }: Check): string[] {
  const head = `${SIGNS[state].padEnd(5)}${name.padEnd(NAME_WIDTH)}`;
  const text = means === "" ? found : `${found}: ${means}`;
  return wrapWords(text, WIDTH - head.length, LINES_MOST).map((line, index) =>
    index === 0 ? head + line : " ".repeat(head.length) + line,
  );
}
