/** The page of a demonstration, in the process that plays it. Its tokens live as long as it does, and are in no file. */
import { serveConsole } from "../../console/web/serve-console.js";
import { passingTokens } from "../../console/web/tokens.js";
import { newThinker } from "../../drive/think.js";
import { pageFolder } from "../page-folder.js";
import { servedDemo, type PlayedRun } from "./served-demo.js";

export interface DemoPage {
  /** Where it is. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export async function openPage(played: Omit<PlayedRun, "thinker">): Promise<DemoPage> {
  const tokens = passingTokens();
  const thinker = newThinker();
  const pages = pageFolder();
  const served = await serveConsole({
    ...{ runs: servedDemo({ ...played, thinker }), tokens },
    ...(pages !== undefined && { pages }),
  });
  return {
    // Nothing but an imagined run can be reached with it.
    lines: [`The page of this demonstration: ${served.url}#token=${tokens.operator}`],
    async close() {
      await served.close();
      await thinker.close();
    },
  };
}
