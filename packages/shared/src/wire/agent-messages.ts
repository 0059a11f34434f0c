/** The agent's words as messages and back. What cannot be read throws {@link UnreadableMessage}. */
import type { Draft } from "../draft.js";
import type { MachineId } from "../ids.js";
import { unreachable } from "../invariant.js";
import type { AttemptEnding } from "../observation.js";
import { atMost, attemptRef, count, filled, given, oneOf, positive, UnreadableMessage } from "./field.js";
import type { AgentMessage, AgentMessage__Output } from "./gen/stint/agent/v1/AgentMessage.js";
import type { EndingKind__Output } from "./gen/stint/agent/v1/EndingKind.js";
import type { Hello__Output } from "./gen/stint/agent/v1/Hello.js";
import type { TaskResult, TaskResult__Output } from "./gen/stint/agent/v1/TaskResult.js";
import {
  CONTAINMENTS,
  CREDIT_MOST,
  RESULTS_A_MESSAGE_MOST,
  type AgentSays,
  type Hello,
  type TaskReport,
} from "./messages.js";

export function encodeAgentSays(says: AgentSays): AgentMessage {
  switch (says.kind) {
    case "hello": {
      const { machine, agentVersion, slots, bootId, nowBootUs, containment } = says;
      const holding = [...says.holding];
      return { hello: { machine, agentVersion, slots, bootId, nowBootUs, containment, holding } };
    }
    case "pull":
      return { pull: { credit: says.credit } };
    case "results":
      return { results: { seq: says.seq, results: says.results.map(encodeReport) } };
    case "heartbeat":
      return { heartbeat: { nowBootUs: says.nowBootUs } };
    default:
      return unreachable(says);
  }
}

export function decodeAgentMessage(message: AgentMessage__Output): AgentSays {
  switch (message.body) {
    case "hello":
      return decodeHello(given("hello", message.hello));
    case "pull":
      return {
        kind: "pull",
        credit: atMost("pull.credit", given("pull", message.pull).credit, CREDIT_MOST),
      };
    case "results": {
      const { seq, results } = given("results", message.results);
      atMost("results.results", positive("results.results", results.length), RESULTS_A_MESSAGE_MOST);
      return { kind: "results", seq: positive("results.seq", seq), results: results.map(decodeReport) };
    }
    case "heartbeat": {
      const { nowBootUs } = given("heartbeat", message.heartbeat);
      return { kind: "heartbeat", nowBootUs: count("heartbeat.now_boot_us", nowBootUs) };
    }
    case undefined:
    default:
      throw new UnreadableMessage("agent message", "of an unknown kind", "hello, pull, results or heartbeat");
  }
}

const decodeHello = (hello: Hello__Output): Hello => ({
  kind: "hello",
  machine: filled("hello.machine", hello.machine) as MachineId,
  agentVersion: hello.agentVersion,
  slots: positive("hello.slots", hello.slots),
  bootId: filled("hello.boot_id", hello.bootId),
  nowBootUs: count("hello.now_boot_us", hello.nowBootUs),
  holding: hello.holding.map((ref) => attemptRef("hello.holding", ref)),
  containment: oneOf("hello.containment", hello.containment, CONTAINMENTS),
});

function encodeReport(report: TaskReport): TaskResult {
  const result: TaskResult = {
    ref: { task: report.task, attempt: report.attempt },
    startedBootUs: report.startedBootUs,
    endedBootUs: report.endedBootUs,
    slot: report.slot,
    stdoutBytes: report.stdoutBytes,
    stderrBytes: report.stderrBytes,
  };
  if (report.cpuUs !== undefined) result.cpuUs = report.cpuUs;
  if (report.peakMemoryBytes !== undefined) result.peakMemoryBytes = report.peakMemoryBytes;
  encodeEnding(report.ending, result);
  return result;
}

function encodeEnding(ending: AttemptEnding, result: TaskResult): void {
  switch (ending.kind) {
    case "exited":
      result.ending = "ENDING_KIND_EXITED";
      result.exitCode = ending.code;
      return;
    case "signalled":
      result.ending = "ENDING_KIND_SIGNALLED";
      result.reason = ending.signal;
      return;
    case "timed-out":
      result.ending = "ENDING_KIND_TIMED_OUT";
      return;
    case "cancelled":
      result.ending = "ENDING_KIND_CANCELLED";
      return;
    case "not-started":
      result.ending = "ENDING_KIND_NOT_STARTED";
      result.reason = ending.reason;
      return;
    case "no-output":
      result.ending = "ENDING_KIND_NO_OUTPUT";
      result.reason = ending.reason;
      return;
    default:
      unreachable(ending);
  }
}

function decodeReport(result: TaskResult__Output): TaskReport {
  const { task, attempt } = attemptRef("result.ref", result.ref);
  const report: Draft<TaskReport> = {
    task,
    attempt,
    ending: decodeEnding(result),
    startedBootUs: count("result.started_boot_us", result.startedBootUs),
    endedBootUs: count("result.ended_boot_us", result.endedBootUs),
    slot: positive("result.slot", result.slot),
    stdoutBytes: count("result.stdout_bytes", result.stdoutBytes),
    stderrBytes: count("result.stderr_bytes", result.stderrBytes),
  };
  if (result.cpuUs !== undefined) report.cpuUs = count("result.cpu_us", result.cpuUs);
  if (result.peakMemoryBytes !== undefined)
    report.peakMemoryBytes = count("result.peak_memory_bytes", result.peakMemoryBytes);
  return report;
}

/** An agent has one sentence to say why it could not start a command. */
const REASON_LENGTH_MOST = 1_000;

function decodeEnding(result: TaskResult__Output): AttemptEnding {
  // A number that has no name here arrives as that number.
  const ending: EndingKind__Output | number = result.ending;
  switch (ending) {
    case "ENDING_KIND_EXITED":
      return { kind: "exited", code: count("result.exit_code", result.exitCode) };
    case "ENDING_KIND_SIGNALLED":
      return { kind: "signalled", signal: filled("result.reason", result.reason) };
    case "ENDING_KIND_TIMED_OUT":
      return { kind: "timed-out" };
    case "ENDING_KIND_CANCELLED":
      return { kind: "cancelled" };
    case "ENDING_KIND_NOT_STARTED":
      return { kind: "not-started", reason: result.reason.slice(0, REASON_LENGTH_MOST) };
    case "ENDING_KIND_NO_OUTPUT":
      return { kind: "no-output", reason: result.reason.slice(0, REASON_LENGTH_MOST) };
    case "ENDING_KIND_UNSPECIFIED":
    default:
      throw new UnreadableMessage("result.ending", ending, "a known kind of ending");
  }
}
