/** Which machines may have an agent, and what is known of each? From the first order that names one to its release. */
import type { MachineId } from "@stint/shared/ids.js";
import { invariant } from "@stint/shared/invariant.js";
import { done, type Result } from "@stint/shared/result.js";
import type { Claim, Enrolment, Refusal } from "./enrolment.js";
import { createMachineAgent, type MachineAgent, type Post } from "./machine-agent.js";
import type { AgentClock } from "./timeline.js";

export interface Admitted {
  readonly agent: MachineAgent;
  /** By what its session is known. */
  readonly session: string;
}

export interface Roster {
  agents(): Iterable<MachineAgent>;
  find(machine: MachineId): MachineAgent | undefined;
  /** A machine that is named in an order may join; nothing when it was released. */
  ordered(machine: MachineId): MachineAgent | undefined;
  restore(machine: MachineId, session: string): void;
  /** No session of it is accepted any more; a connection it has is closed. */
  release(machine: MachineId): void;
  admit(claim: Claim): Result<Admitted, Refusal>;
}

export function createRoster(enrolment: Enrolment, clock: AgentClock, post: Post): Roster {
  const known = new Map<MachineId, MachineAgent>();
  const ordered = (machine: MachineId): MachineAgent | undefined => {
    if (enrolment.isReleased(machine)) return undefined;
    enrolment.expect(machine, clock.now());
    const agent = known.get(machine) ?? createMachineAgent(machine, clock.now, post);
    known.set(machine, agent);
    return agent;
  };
  return {
    agents: () => known.values(),
    find: (machine) => known.get(machine),
    ordered,
    restore(machine, session) {
      enrolment.restore(machine, session);
      // Whoever resumes a run takes its machines for silent until they are heard.
      const agent = ordered(machine);
      if (agent === undefined) return;
      agent.ready = "written";
      agent.silent = true;
    },
    release(machine) {
      enrolment.release(machine);
      const agent = known.get(machine);
      known.delete(machine);
      agent?.speaker?.leave({ code: "released", text: "this machine was released" });
    },
    admit(claim) {
      const admission = enrolment.admit(claim, clock.now());
      if (!admission.ok) return admission;
      const agent = known.get(claim.machine);
      invariant(agent !== undefined, "who is admitted was ordered", { machine: claim.machine });
      return done({ agent, session: admission.value.session });
    },
  };
}
