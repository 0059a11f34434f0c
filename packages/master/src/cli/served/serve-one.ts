/** The page of one run, in the process that carries it out: there as long as the run goes on. */
import { join } from "node:path";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { RunList } from "@stint/shared/api/runs.js";
import { runLine } from "../../console/model/live-view.js";
import { shownPath } from "../../console/terminal/shown-path.js";
import { openLog } from "../../console/web/open-log.js";
import type { ServedRuns } from "../../console/web/runs-port.js";
import { serveConsole } from "../../console/web/serve-console.js";
import { keepTokens, tokenFile } from "../../console/web/tokens.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Asker } from "../control/asker.js";
import { pageFolder } from "../page-folder.js";
import { servedAtWork } from "./served-at-work.js";

export interface OnePage {
  /** Where it is. A token is in it only for a terminal, where it stays out of logs. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** @param port 0: one that is free */
export async function serveOne(
  folder: RunFolder,
  asker: Asker,
  { port, isTerminal }: { readonly port: number; readonly isTerminal: boolean },
): Promise<OnePage> {
  const tokens = keepTokens(folder.path);
  const pages = pageFolder();
  const log = openLog({ file: join(folder.path, "page.log") });
  const served = await serveConsole({
    ...{ runs: oneRun(folder, asker), tokens, port, log },
    ...(pages !== undefined && { pages }),
  });
  return {
    lines: isTerminal
      ? [`The page of this run: ${served.url}#token=${tokens.operator}`]
      : [
          `The page of this run: ${served.url} (it asks for ${shownPath(tokenFile(folder.path, "operator"))})`,
        ],
    async close() {
      await served.close();
      log.close();
    },
  };
}

function oneRun(folder: RunFolder, asker: Asker): ServedRuns {
  const run = servedAtWork(folder, asker);
  return {
    list: async () => listOf(await run.view()),
    watch: (tell) => asker.follow("line", tell, tell),
    find: (name) => Promise.resolve(name === folder.name ? run : undefined),
  };
}

const listOf = (view: LiveView): RunList => ({
  schema: 1,
  runs: [runLine(view)],
  budget_usd: view.budget_usd,
  reserved_usd: view.ended_at === null ? (view.budget_usd ?? view.spent_usd) : view.spent_usd,
  spent_usd: view.spent_usd,
});
