/**
 * An agent that answers each task without starting anything, so that what is measured is its master. It enrols,
 * pulls and reports over the real wire, one message of results for each message of tasks; it takes the place of
 * the installed agent's one file.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { MasterSays, TaskOrder, TaskReport } from "@stint/shared/wire/messages.js";
import { openAgentStream } from "@stint/shared/wire/open-agent-stream.js";

/** Tasks it wants at once: no more than that are ever on their way, as orders or as results. */
const WANTED = 2_000;

const config = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as AgentConfig;
const clock = bootClock();
let seq = 0;

const stream = openAgentStream(
  {
    master: config.master,
    caPem: readFileSync(config.caFile, "utf8"),
    session: randomBytes(32).toString("hex"),
    join: readFileSync(config.tokenFile, "utf8").trim(),
  },
  { heard: hear, drained: () => undefined, over: () => process.exit(0) },
);
stream.say({
  ...{ kind: "hello", machine: config.machine as MachineId, agentVersion: "no-op", slots: config.slots },
  ...{ bootId: clock.bootId, nowBootUs: clock.nowUs(), holding: [], containment: "process-group" },
});
setInterval(() => stream.say({ kind: "heartbeat", nowBootUs: clock.nowUs() }), 10_000);
process.on("SIGTERM", () => process.exit(0));

function hear(says: MasterSays): void {
  switch (says.kind) {
    case "welcome":
      stream.say({ kind: "pull", credit: WANTED });
      return;
    case "start":
      seq += 1;
      stream.say({ kind: "results", seq, results: says.tasks.map(answerTo) });
      return;
    case "refused":
      process.exit(0);
      return;
    case "ack":
    case "cancel":
    case "renew":
    case "drain":
      return;
  }
}

function answerTo({ task, attempt }: TaskOrder): TaskReport {
  const now = clock.nowUs();
  return {
    ...{ task, attempt, ending: { kind: "exited", code: 0 }, startedBootUs: now - 1, endedBootUs: now },
    ...{ slot: 1, stdoutBytes: 0, stderrBytes: 0 },
  };
}
