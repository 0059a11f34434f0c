/** `stint resume`: its flags become what is asked of a run that goes on. */
import type { ExitCode } from "@stint/shared/failures.js";
import type { OfferName, RunSettings } from "../planner/vocabulary/settings.js";
import { readBag } from "./input/read-bag.js";
import type { ResumeRequest } from "./live/requests.js";
import { refuseElsewhere } from "./platform.js";

export interface ResumeFlags {
  readonly bag?: string | undefined;
  readonly choose?: OfferName | undefined;
  readonly yes?: true | undefined;
  readonly whenShort?: RunSettings["whenShort"] | undefined;
  readonly runs: string;
  readonly json?: true | undefined;
}

export async function resume(run: string | undefined, flags: ResumeFlags): Promise<ExitCode> {
  refuseElsewhere();
  const { resumeLive } = await import("./live/resume-live.js");
  return resumeLive(resumeRequest(run, flags));
}

export function resumeRequest(run: string | undefined, flags: ResumeFlags): ResumeRequest {
  return {
    ...(run !== undefined && { run }),
    runs: flags.runs,
    ...(flags.bag !== undefined && { tasks: readBag(flags.bag) }),
    ...(flags.choose !== undefined && { choose: flags.choose }),
    ...(flags.yes === true && { yes: true }),
    ...(flags.whenShort !== undefined && { whenShort: flags.whenShort }),
    environmentNow: process.env,
    manner: { json: flags.json === true },
  };
}
