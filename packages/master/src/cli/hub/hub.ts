/**
 * Many runs under one master: a process each, so that one bag's trouble is not another's, and none ends with the master.
 * What each may spend is reserved from one budget over all before its process is started.
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { basename, extname, isAbsolute, join } from "node:path";
import type { Submission } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import { instant, type MicroUsd } from "@stint/shared/units.js";
import type { Log } from "../../console/web/log.js";
import type { ServedRun, ServedRuns, Unwatch } from "../../console/web/runs-port.js";
import { filesOf, reserveRunFolder, type RunFolder } from "../../store/run-folder.js";
import { amountOf } from "../amounts.js";
import type { Program } from "./attend.js";
import { carriers } from "./carriers.js";
import type { Home } from "./home.js";
import { hubRun, newRests } from "./hub-run.js";
import { openLedger } from "./ledger.js";
import { keepOrder } from "./order.js";

export interface HubOptions {
  readonly home: Home;
  /** Over all; absent: what was said last. */
  readonly budget?: MicroUsd;
  /** Text of a clusters file, where a submission has none. */
  readonly clusters?: string;
  /** Where commands run, where a submission does not say it. */
  readonly cwd: string;
  /** How stint is called. */
  readonly program: Program;
  readonly log: Log;
}

export interface Hub extends ServedRuns {
  readonly submit: (submission: Submission) => Promise<string>;
  /** Runs go on: their processes are left as they are. */
  close(): void;
}

/** For who holds the home's lock. Takes back what went on under an earlier master. */
export function openHub(options: HubOptions): Hub {
  const { home, log, program } = options;
  const ledger = openLedger(home.registry, options.budget, log);
  const changes = new Set<(run: string) => void>();
  const folderOf = (run: string): RunFolder => filesOf(join(home.runs, run));
  const changed = (run: string): void => changes.forEach((tell) => tell(run));
  const onChange = (tell: (run: string) => void): Unwatch => {
    changes.add(tell);
    return () => void changes.delete(tell);
  };
  const carried = carriers({ ledger, folderOf, program, changed, log });
  const rests = newRests();
  const served = new Map<string, ServedRun>();
  const serve = (run: string): ServedRun => {
    const parts = { folder: folderOf(run), ledger, carriers: carried, rests };
    const mine = (tell: () => void): Unwatch => onChange((which) => which === run && tell());
    const one = served.get(run) ?? hubRun({ ...parts, onChange: mine });
    served.set(run, one);
    return one;
  };
  for (const { run, goes_on } of ledger.entries()) if (goes_on) carried.takeBack(run);
  return {
    list: () => Promise.resolve(ledger.list((run) => carried.isInTrouble(run))),
    watch: (tell) => onChange(tell),
    find: (run) =>
      Promise.resolve(
        ledger.entry(run) !== undefined && (existsSync(folderOf(run).journal) || carried.isInTrouble(run))
          ? serve(run)
          : undefined,
      ),
    async submit(submission) {
      const folder = reserve(submission, options);
      const run = folder.name;
      try {
        ledger.add({
          run,
          bag: submission.bag.file_name,
          submitted_at: new Date().toISOString(),
          budget_micro_usd: submission.budget === undefined ? null : amountOf(submission.budget, "budget"),
          goes_on: true,
          line: null,
        });
      } catch (cause) {
        rmSync(folder.path, { recursive: true, force: true });
        throw cause;
      }
      carried.start(run, []);
      changed(run);
      const refused = await carried.settled(run);
      if (refused !== undefined) throw new TroubleError(refused);
      return run;
    },
    close() {
      carried.close();
      ledger.close();
      rests.close();
    },
  };
}

/** A folder with all that its process needs; nothing is started. */
function reserve(submission: Submission, { home, cwd, clusters }: HubOptions): RunFolder {
  const { bag, name = basename(bag.file_name, extname(bag.file_name)) || "bag" } = submission;
  if (submission.cwd !== undefined && !isFolder(submission.cwd)) throw noFolder(submission.cwd);
  const folder = reserveRunFolder({ runs: home.runs, name, at: instant(Date.now() * 1000) });
  try {
    keepOrder(folder, submission, { name, cwd, ...(clusters !== undefined && { clusters }) });
  } catch (cause) {
    rmSync(folder.path, { recursive: true, force: true });
    throw cause;
  }
  return folder;
}

function isFolder(path: string): boolean {
  try {
    return isAbsolute(path) && statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const noFolder = (path: string): TroubleError =>
  new TroubleError({
    kind: "bad-input",
    code: "no-such-folder",
    where: "cwd",
    found: path,
    expected: "the absolute path of a folder that is there",
    hint: "leave it out: commands then run in the master's own folder",
  });
