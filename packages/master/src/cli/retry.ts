/** `stint retry --failed`: the tasks that failed for good are run again in the same run, with all their retries. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { shellWord } from "../console/terminal/shell-word.js";
import { findKnownRun, masterOf } from "./hub/find-known-run.js";
import { printDocument } from "./known-run.js";
import { refuseElsewhere } from "./platform.js";
import { sayAndHowOn } from "./say.js";
import { resumeRequest, type ResumeFlags } from "./resume.js";

export async function retryFailed(run: string | undefined, flags: ResumeFlags): Promise<ExitCode> {
  refuseElsewhere();
  const folder = findKnownRun(run, flags.runs);
  const master = masterOf(folder);
  if (master !== undefined) {
    await master.act(folder.name, "retry", {});
    if (flags.json === true) printDocument({ schema: 1, run: folder.name, asked: "retry" });
    else
      sayAndHowOn("It goes on.", { label: "To see it: ", command: `stint watch ${shellWord(folder.name)}` });
    return EXIT.done;
  }
  const { resumeLive } = await import("./live/resume-live.js");
  return resumeLive({ ...resumeRequest(run, flags), retryFailed: true });
}
