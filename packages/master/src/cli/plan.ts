/** `stint plan`: a run that is stopped at the door of its offers. What it sampled counts when it goes on. */
import type { ExitCode } from "@stint/shared/failures.js";
import { refuseElsewhere } from "./platform.js";
import { runRequest, type RunFlags } from "./run.js";

export async function plan(words: readonly string[], flags: RunFlags): Promise<ExitCode> {
  refuseElsewhere();
  const request = runRequest(words, flags);
  const { runLive } = await import("./live/run-live.js");
  return runLive({ ...request, planOnly: true });
}
