/** The master's words as messages and back. What cannot be read throws {@link UnreadableMessage}. */
import type { TaskCommand } from "../bag/bag.js";
import type { Draft } from "../draft.js";
import type { TaskId } from "../ids.js";
import { unreachable } from "../invariant.js";
import { microseconds } from "../units.js";
import { attemptRef, count, filled, given, positive, UnreadableMessage } from "./field.js";
import type { MasterMessage, MasterMessage__Output } from "./gen/stint/agent/v1/MasterMessage.js";
import type { TaskStart, TaskStart__Output } from "./gen/stint/agent/v1/TaskStart.js";
import type { Welcome__Output } from "./gen/stint/agent/v1/Welcome.js";
import { REFUSALS, type MasterSays, type RefusalCode, type TaskOrder, type Welcome } from "./messages.js";

export function encodeMasterSays(says: MasterSays): MasterMessage {
  switch (says.kind) {
    case "welcome": {
      const { heartbeatMs, ackedSeq, paidUntilBootUs = 0 } = says;
      return { welcome: { heartbeatMs, ackedSeq, paidUntilBootUs } };
    }
    case "start":
      return { start: { tasks: says.tasks.map(encodeOrder) } };
    case "ack":
      return { ack: { seq: says.seq } };
    case "cancel":
      return { cancel: { attempts: says.attempts.map(({ task, attempt }) => ({ task, attempt })) } };
    case "renew":
      return { renew: { paidUntilBootUs: says.paidUntilBootUs } };
    case "drain":
      return { drain: {} };
    case "refused":
      return { refused: { code: says.code, text: says.text } };
    default:
      return unreachable(says);
  }
}

export function decodeMasterMessage(message: MasterMessage__Output): MasterSays {
  switch (message.body) {
    case "welcome":
      return decodeWelcome(given("welcome", message.welcome));
    case "start":
      return { kind: "start", tasks: given("start", message.start).tasks.map(decodeOrder) };
    case "ack":
      return { kind: "ack", seq: positive("ack.seq", given("ack", message.ack).seq) };
    case "cancel": {
      const { attempts } = given("cancel", message.cancel);
      return { kind: "cancel", attempts: attempts.map((ref) => attemptRef("cancel.attempts", ref)) };
    }
    case "renew": {
      const { paidUntilBootUs } = given("renew", message.renew);
      return { kind: "renew", paidUntilBootUs: positive("renew.paid_until_boot_us", paidUntilBootUs) };
    }
    case "drain":
      return { kind: "drain" };
    case "refused": {
      const { code, text } = given("refused", message.refused);
      return { kind: "refused", code: refusalCode(code), text };
    }
    case undefined:
    default:
      throw new UnreadableMessage("master message", "of an unknown kind", "a kind that this version knows");
  }
}

/** A refusal for a reason that this version does not know is still a refusal. */
const refusalCode = (text: string): RefusalCode => REFUSALS.find((code) => code === text) ?? "protocol";

function decodeWelcome(welcome: Welcome__Output): Welcome {
  const paidUntilBootUs = count("welcome.paid_until_boot_us", welcome.paidUntilBootUs);
  return {
    kind: "welcome",
    ...(paidUntilBootUs > 0 && { paidUntilBootUs }),
    heartbeatMs: positive("welcome.heartbeat_ms", welcome.heartbeatMs),
    ackedSeq: count("welcome.acked_seq", welcome.ackedSeq),
  };
}

function encodeOrder(order: TaskOrder): TaskStart {
  const start: TaskStart = {
    ref: { task: order.task, attempt: order.attempt },
    id: order.id,
    cwd: order.cwd ?? "",
    env: order.env,
    timeoutUs: order.timeout ?? 0,
    slowdown: order.slowdown,
    replica: order.replica,
    outputs: [...(order.outputs ?? [])],
  };
  if (order.command.kind === "shell") start.shell = order.command.line;
  else start.argv = { words: [...order.command.argv] };
  return start;
}

function decodeOrder(start: TaskStart__Output): TaskOrder {
  const { task, attempt } = attemptRef("start.ref", start.ref);
  const order: Draft<TaskOrder> = {
    task,
    attempt,
    id: filled("start.id", start.id) as TaskId,
    command: decodeCommand(start),
    env: start.env,
    slowdown: factor("start.slowdown", start.slowdown),
    replica: start.replica === 0 ? 0 : 1,
  };
  if (start.cwd !== "") order.cwd = start.cwd;
  const timeoutUs = count("start.timeout_us", start.timeoutUs);
  if (timeoutUs > 0) order.timeout = microseconds(timeoutUs);
  if (start.outputs.length > 0) order.outputs = start.outputs;
  return order;
}

function decodeCommand(start: TaskStart__Output): TaskCommand {
  if (start.command === "shell") return { kind: "shell", line: given("start.shell", start.shell) };
  const [program, ...rest] = given("start.argv", start.argv).words;
  return { kind: "argv", argv: [filled("start.argv", program ?? ""), ...rest] };
}

function factor(field: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new UnreadableMessage(field, value, "a positive number");
}
