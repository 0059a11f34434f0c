import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttemptNumber, AttemptRef, MachineId, TaskId, TaskIndex } from "../ids.js";
import type { AttemptEnding } from "../observation.js";
import type { Duration } from "../units.js";
import { decodeAgentMessage, encodeAgentSays } from "./agent-messages.js";
import { AgentClient } from "./agent-protocol.js";
import type { AgentMessage } from "./gen/stint/agent/v1/AgentMessage.js";
import type { MasterMessage } from "./gen/stint/agent/v1/MasterMessage.js";
import { decodeMasterMessage, encodeMasterSays } from "./master-messages.js";
import {
  CONTAINMENTS,
  CREDIT_MOST,
  REFUSALS,
  type AgentSays,
  type MasterSays,
  type TaskOrder,
  type TaskReport,
} from "./messages.js";

const { Attach } = AgentClient.service;
const overTheWire = (message: AgentMessage): AgentSays =>
  decodeAgentMessage(Attach.requestDeserialize(Attach.requestSerialize(message)));
const backOverTheWire = (message: MasterMessage): MasterSays =>
  decodeMasterMessage(Attach.responseDeserialize(Attach.responseSerialize(message)));

const whole = fc.maxSafeNat();
const fromOne = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const small = fc.integer({ min: 1, max: 0xffffffff });
const text = fc.string({ unit: "grapheme", minLength: 1 });
const ref: fc.Arbitrary<AttemptRef> = fc.record({
  task: fc.integer({ min: 0, max: 0xffffffff }) as fc.Arbitrary<TaskIndex>,
  attempt: small as fc.Arbitrary<AttemptNumber>,
});
const ending: fc.Arbitrary<AttemptEnding> = fc.oneof(
  fc.record({ kind: fc.constant("exited" as const), code: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("signalled" as const), signal: text }),
  fc.constant({ kind: "timed-out" as const }),
  fc.constant({ kind: "cancelled" as const }),
  fc.record({ kind: fc.constant("not-started" as const), reason: fc.string() }),
  fc.record({ kind: fc.constant("no-output" as const), reason: fc.string() }),
);
const mapOf = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([one, two]) => ({ ...one, ...two }));
const report: fc.Arbitrary<TaskReport> = mapOf(
  ref,
  fc.record(
    {
      ending,
      startedBootUs: whole,
      endedBootUs: whole,
      slot: small,
      stdoutBytes: whole,
      stderrBytes: whole,
      cpuUs: whole,
      peakMemoryBytes: whole,
    },
    { requiredKeys: ["ending", "startedBootUs", "endedBootUs", "slot", "stdoutBytes", "stderrBytes"] },
  ),
);
const order: fc.Arbitrary<TaskOrder> = mapOf(
  ref,
  fc.record(
    {
      id: text as fc.Arbitrary<TaskId>,
      command: fc.oneof(
        fc.record({ kind: fc.constant("shell" as const), line: fc.string() }),
        fc
          .tuple(text, fc.array(fc.string()))
          .map(([program, words]) => ({ kind: "argv" as const, argv: [program, ...words] as const })),
      ),
      cwd: text,
      env: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]*$/), fc.string(), {
        noNullPrototype: true,
      }),
      timeout: fromOne as unknown as fc.Arbitrary<Duration>,
      outputs: fc.array(text, { minLength: 1 }),
      slowdown: fc.double({ min: 1, max: 100, noNaN: true }),
      replica: fc.constantFrom(0 as const, 1 as const),
    },
    { requiredKeys: ["id", "command", "env", "slowdown", "replica"] },
  ),
);

const agentSays: fc.Arbitrary<AgentSays> = fc.oneof(
  fc.record({
    kind: fc.constant("hello" as const),
    machine: text as fc.Arbitrary<MachineId>,
    agentVersion: fc.string(),
    slots: small,
    bootId: text,
    nowBootUs: whole,
    holding: fc.array(ref),
    containment: fc.constantFrom(...CONTAINMENTS),
  }),
  fc.record({ kind: fc.constant("pull" as const), credit: fc.nat({ max: CREDIT_MOST }) }),
  fc.record({
    kind: fc.constant("results" as const),
    seq: fromOne,
    results: fc.array(report, { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant("heartbeat" as const), nowBootUs: whole }),
);
const masterSays: fc.Arbitrary<MasterSays> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("welcome" as const),
      paidUntilBootUs: fromOne,
      heartbeatMs: small,
      ackedSeq: whole,
    },
    { requiredKeys: ["kind", "heartbeatMs", "ackedSeq"] },
  ) as fc.Arbitrary<MasterSays>,
  fc.record({ kind: fc.constant("start" as const), tasks: fc.array(order) }),
  fc.record({ kind: fc.constant("ack" as const), seq: fromOne }),
  fc.record({ kind: fc.constant("cancel" as const), attempts: fc.array(ref) }),
  fc.record({ kind: fc.constant("renew" as const), paidUntilBootUs: fromOne }),
  fc.constant({ kind: "drain" as const }),
  fc.record({
    kind: fc.constant("refused" as const),
    code: fc.constantFrom(...REFUSALS),
    text: fc.string(),
  }),
);

describe("what is said arrives as it was said", () => {
  test("by an agent", () => {
    fc.assert(
      fc.property(agentSays, (says) => {
        expect(overTheWire(encodeAgentSays(says))).toEqual(says);
      }),
    );
  });

  test("by a master", () => {
    fc.assert(
      fc.property(masterSays, (says) => {
        expect(backOverTheWire(encodeMasterSays(says))).toEqual(says);
      }),
    );
  });
});

describe("what cannot have been meant is refused", () => {
  const result = {
    ref: { task: 1, attempt: 1 },
    ending: "ENDING_KIND_EXITED",
    startedBootUs: 1,
    endedBootUs: 2,
    slot: 1,
  } as const;
  const hello = { machine: "a-1", slots: 1, bootId: "b", nowBootUs: 1, containment: "cgroup" };

  test.each<[string, AgentMessage]>([
    ["a message of no kind", {}],
    ["an ending that is not known", { results: { seq: 1, results: [{ ...result, ending: 99 as never }] } }],
    ["an ending that is not given", { results: { seq: 1, results: [{ ...result, ending: 0 }] } }],
    ["an instant past 2^53", { heartbeat: { nowBootUs: "9007199254740993" } }],
    ["a result of nothing", { results: { seq: 1, results: [{ ...result, ref: null }] } }],
    [
      "a result of attempt 0",
      { results: { seq: 1, results: [{ ...result, ref: { task: 1, attempt: 0 } }] } },
    ],
    ["results without a number", { results: { seq: 0, results: [result] } }],
    ["results of nothing at all", { results: { seq: 1, results: [] } }],
    ["more credit than anybody can use", { pull: { credit: CREDIT_MOST + 1 } }],
    ["a machine without a name", { hello: { ...hello, machine: "" } }],
    ["a machine without slots", { hello: { ...hello, slots: 0 } }],
    ["a containment that is not known", { hello: { ...hello, containment: "jail" } }],
  ])("%s from an agent", (_, message) => {
    expect(() => overTheWire(message)).toThrow(/expected/u);
  });

  test.each<[string, MasterMessage]>([
    ["a message of no kind", {}],
    [
      "a task without a command",
      { start: { tasks: [{ ref: { task: 0, attempt: 1 }, id: "t", slowdown: 1 }] } },
    ],
    [
      "a task that is never over",
      { start: { tasks: [{ ref: { task: 0, attempt: 1 }, id: "t", shell: "true", slowdown: "Infinity" }] } },
    ],
    ["a lease that ended before it began", { renew: { paidUntilBootUs: 0 } }],
  ])("%s from a master", (_, message) => {
    expect(() => backOverTheWire(message)).toThrow(/expected/u);
  });

  test("but for a reason of a refusal, which is a refusal whatever it is", () => {
    expect(backOverTheWire({ refused: { code: "moon", text: "full" } })).toEqual({
      kind: "refused",
      code: "protocol",
      text: "full",
    });
  });
});

test("what is generated from agent.proto is what agent.proto says", () => {
  const script = fileURLToPath(new URL("../../generate-wire.mjs", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "stint-wire-"));
  try {
    execFileSync(process.execPath, [script, folder]);
    expect(contentsOf(folder)).toEqual(contentsOf(fileURLToPath(new URL("gen", import.meta.url))));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
