/** The home of a long-lived master in a place of its own: its runs, its processes, and how both are spoken to. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { RunList } from "@stint/shared/api/runs.js";
import { parseProcess } from "@stint/shared/process-identity.js";
import { filesOfRun, processesOf, until, type Place, type RunFiles } from "./stint.js";

export interface MasterHome {
  readonly path: string;
  readonly runNames: () => string[];
  readonly filesOf: (run: string) => RunFiles;
  /** Of the master, or of the process that carries out a run. */
  readonly pidOf: (run?: string) => number | undefined;
  readonly begin: (...words: string[]) => Promise<void>;
  readonly list: () => Promise<RunList>;
  /** Asks again and again until the list is such. */
  readonly listOnce: (holds: (runs: RunList) => boolean, what: string) => Promise<RunList>;
  /** The run's name. */
  readonly submit: (bag: string, ...words: string[]) => Promise<string>;
  /** Posts with the cookie that the page gets for its token, and tells the status. */
  readonly asPage: (path: string, body: object) => Promise<number>;
  /** Ends all that was begun here. */
  readonly end: () => Promise<void>;
}

const CLUSTERS = "clusters:\n  small: { provider: local, max: 2, slots: 2, price: 0.04 usd/h, atu: 1s }\n";
const LOOKS_MOST = 300;

export function newHome(place: Place): MasterHome {
  const path = join(place.path, "home");
  const runs = join(path, "runs");
  process.env["STINT_HOME"] = path;
  place.write("two.yaml", CLUSTERS);
  const runNames = (): string[] =>
    existsSync(runs) ? readdirSync(runs).filter((name) => name.startsWith("2")) : [];
  const pidOf = (run?: string): number | undefined =>
    pidIn(join(run === undefined ? path : join(runs, run), "master.lock"));
  const filesOf = (run: string): RunFiles => filesOfRun(join(runs, run));
  const list = async (): Promise<RunList> =>
    JSON.parse((await place.stint("ps", "--json")).stdout) as RunList;
  return {
    path,
    runNames,
    filesOf,
    pidOf,
    list,
    async begin(...words) {
      const begun = await place.stint("master", "--detach", "--json", ...words);
      expect([begun.code, begun.stderr]).toEqual([0, ""]);
    },
    async listOnce(holds, what) {
      for (let looks = 0; looks < LOOKS_MOST; looks += 1) {
        const seen = await list();
        if (holds(seen)) return seen;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`looked in vain: ${what}\n${JSON.stringify(await list(), undefined, 1)}`);
    },
    async submit(bag, ...words) {
      const how = ["--clusters", "two.yaml", "--detach", "--json"];
      const taken = await place.stint("submit", `${bag}.txt`, ...how, ...words);
      expect([taken.code, taken.stderr]).toEqual([0, ""]);
      return (JSON.parse(taken.stdout) as { run: string }).run;
    },
    asPage: (address, body) => asPage(path, address, body),
    async end() {
      endProcess(pidOf(), "SIGTERM");
      for (const run of runNames()) {
        endProcess(pidOf(run), "SIGKILL");
        if (existsSync(join(runs, run, "run.json")))
          for (const pid of processesOf(filesOf(run))) endProcess(pid, "SIGKILL");
      }
      await until(() => pidOf() === undefined, "the master's end");
      delete process.env["STINT_HOME"];
    },
  };
}

function pidIn(lock: string): number | undefined {
  try {
    return parseProcess(readFileSync(lock, "utf8"))?.pid;
  } catch {
    return undefined;
  }
}

/** Only what a test has started is known by a lock in its own home. */
export function endProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

async function asPage(home: string, address: string, body: object): Promise<number> {
  const { url } = JSON.parse(readFileSync(join(home, "master.json"), "utf8")) as { url: string };
  const headers = { "content-type": "application/json", "x-stint": "1", origin: url.slice(0, -1) };
  const post = (path: string, more: object, words: object): Promise<Response> =>
    fetch(new URL(`/api/v1/${path}`, url), {
      method: "POST",
      headers: { ...headers, ...more },
      body: JSON.stringify(words),
    });
  const token = readFileSync(join(home, "operator.token"), "utf8").trim();
  const session = await post("session", {}, { token });
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  return (await post(`runs/${address}`, { cookie }, body)).status;
}
