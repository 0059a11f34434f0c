/** Which agents have not been heard for too long? Looks from time to time, and believes only what it could hear. */
import type { Duration, Instant } from "@stint/shared/units.js";
import { between } from "@stint/shared/units.js";
import type { MachineAgent, Post } from "./machine-agent.js";

export interface SilenceRule {
  /** How often an agent says that it is there. */
  readonly heartbeat: Duration;
  /** After how long without a word it counts as silent. */
  readonly silentAfter: Duration;
}

/** How many looks make up the time after which an agent counts as silent. */
const LOOKS = 10;

/** @returns ends the watch */
export function watchSilence(
  agents: () => Iterable<MachineAgent>,
  { silentAfter }: SilenceRule,
  now: () => Instant,
  post: Post,
): () => void {
  const everyMs = Math.max(1, Math.round(silentAfter / 1_000 / LOOKS));
  let lookedAt = now();
  const look = (): void => {
    const at = now();
    // This process or its machine stood still; what agents said meanwhile has not been taken in yet.
    const stoodStill = between(lookedAt, at) > silentAfter / 2;
    lookedAt = at;
    if (stoodStill) return;
    for (const agent of agents()) {
      if (agent.silent || agent.ready !== "written" || between(agent.heardAt, at) <= silentAfter) continue;
      agent.silent = true;
      post({ kind: "machine-silent", at, machine: agent.machine, since: agent.heardAt });
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}
