/** What does a person hear of agents that were turned away? What may be an attack or a mistake, and not without end. */
import type { MachineId } from "@stint/shared/ids.js";
import type { Refusal } from "./enrolment.js";

/** After so many lines nothing new can be learned from another. */
const LINES_MOST = 20;

type Report = (
  refusal: Refusal,
  who: { readonly machine: MachineId | undefined; readonly peer: string },
) => void;

export function reportRefusals(say: (text: string) => void): Report {
  let lines = 0;
  return ({ code, text }, { machine, peer }) => {
    // An agent that comes back after its machine was released does what it should.
    if (code === "released" || lines > LINES_MOST) return;
    lines += 1;
    const whose = machine === undefined ? "an agent" : `the agent of ${machine}`;
    const line = `refused ${whose} at ${peer}: ${text} (${code})`;
    say(lines > LINES_MOST ? "refused more agents; no more of them are reported" : line);
  };
}
