/** `stint retry --failed`: the tasks that failed for good are run again in the same run, with all their retries. */
import type { ExitCode } from "@stint/shared/failures.js";
import { refuseElsewhere } from "./platform.js";
import { resumeRequest, type ResumeFlags } from "./resume.js";

export async function retryFailed(run: string | undefined, flags: ResumeFlags): Promise<ExitCode> {
  refuseElsewhere();
  const { resumeLive } = await import("./live/resume-live.js");
  return resumeLive({ ...resumeRequest(run, flags), retryFailed: true });
}
