/**
 * One connection of an agent, from its hello to its end. It knows the order in which things may be said; whom to
 * believe is enrolment's, and what outlives a connection is the agent's record.
 *
 *   awaiting hello ──► settling ──► welcomed ──► serving ──► over
 *         │         machine-ready   welcome      first pull   ▲
 *         │          is written      said         heard       │
 *         └───────────────┴────────────┴────────────┴─────────┘
 */
import { attemptKey, type AttemptKey, type AttemptRef, type MachineId } from "@stint/shared/ids.js";
import { unreachable } from "@stint/shared/invariant.js";
import type { Result } from "@stint/shared/result.js";
import type { Instant } from "@stint/shared/units.js";
import type { AgentSays, Hello, Results, TaskOrder } from "@stint/shared/wire/messages.js";
import type { Attendant, MasterStream } from "@stint/shared/wire/serve-agent-streams.js";
import type { Claim, Refusal } from "./enrolment.js";
import { noteHeard, type MachineAgent, type Post, type Speaker } from "./machine-agent.js";
import { grantCredit, type OpenAttempt } from "./open-attempts.js";
import { Outbox } from "./outbox.js";
import { createTimeline, resultOf, type AgentClock, type Timeline } from "./timeline.js";

/** What a connection needs of the server it belongs to. */
export interface Desk {
  readonly clock: AgentClock;
  readonly heartbeatMs: number;
  readonly post: Post;
  admit(claim: Claim): Result<{ readonly agent: MachineAgent; readonly session: string }, Refusal>;
  orderOf(attempt: OpenAttempt): TaskOrder;
  refused(refusal: Refusal, who: { readonly machine: MachineId | undefined; readonly peer: string }): void;
}

/** Whoever has not said hello by then has nothing to say. */
const HELLO_WAIT_MS = 10_000;

/** What a hello that was accepted leaves behind. */
interface Greeted {
  readonly agent: MachineAgent;
  readonly timeline: Timeline;
  readonly holding: ReadonlySet<AttemptKey>;
}

type State =
  | { readonly kind: "awaiting-hello" }
  | ({ readonly kind: "settling" | "welcomed" | "serving" } & Greeted)
  | { readonly kind: "over" };

export class Connection implements Attendant, Speaker {
  readonly #stream: MasterStream;
  readonly #desk: Desk;
  readonly #outbox: Outbox;
  readonly #helloTimer: NodeJS.Timeout;
  #state: State = { kind: "awaiting-hello" };

  constructor(stream: MasterStream, desk: Desk) {
    this.#stream = stream;
    this.#desk = desk;
    this.#outbox = new Outbox(
      (says) => stream.say(says),
      (attempt) => desk.orderOf(attempt),
    );
    this.#helloTimer = setTimeout(() => this.leave(nonsense("no hello came")), HELLO_WAIT_MS).unref();
  }

  heard(says: AgentSays): void {
    const state = this.#state;
    switch (state.kind) {
      case "awaiting-hello":
        if (says.kind === "hello") this.#greet(says);
        else this.leave(nonsense(`${says.kind} before hello`));
        return;
      case "settling":
      case "welcomed":
      case "serving":
        noteHeard(state.agent, this.#desk.clock.now(), this.#desk.post);
        this.#hear(says, state);
        return;
      case "over":
        return;
      default:
        unreachable(state);
    }
  }

  unreadable(text: string): void {
    this.leave(nonsense(text));
  }

  drained(): void {
    this.#outbox.drained();
  }

  over(): void {
    clearTimeout(this.#helloTimer);
    this.#outbox.close();
    if ("agent" in this.#state && this.#state.agent.speaker === this) this.#state.agent.speaker = undefined;
    this.#state = { kind: "over" };
  }

  welcome(): void {
    if (this.#state.kind !== "settling") return;
    const { agent, timeline } = this.#state;
    this.#state = { ...this.#state, kind: "welcomed" };
    this.#stream.say({
      kind: "welcome",
      ...(agent.paidUntil !== undefined && { paidUntilBootUs: timeline.bootAt(agent.paidUntil) }),
      heartbeatMs: this.#desk.heartbeatMs,
      ackedSeq: agent.inbox.ackedSeq(),
    });
  }

  start(attempt: OpenAttempt): void {
    // Before the first pull everything waits in the agent's record.
    if (this.#state.kind !== "serving") return;
    // A master that resumes orders again what its agent said it holds.
    if (this.#state.holding.has(attemptKey(attempt.command))) attempt.told = true;
    else this.#outbox.start(attempt);
  }

  cancel(ref: AttemptRef): void {
    if (this.#state.kind === "serving") this.#outbox.cancel(ref);
  }

  renew(paidUntil: Instant): void {
    const state = this.#state;
    if (state.kind === "welcomed" || state.kind === "serving")
      this.#outbox.renew(state.timeline.bootAt(paidUntil));
  }

  ack(seq: number): void {
    // The welcome tells it by itself.
    if (this.#state.kind !== "settling") this.#outbox.ack(seq);
  }

  press(pressed: boolean): void {
    if (pressed) this.#stream.pause();
    else this.#stream.resume();
  }

  leave(refusal?: Refusal, machine?: MachineId): void {
    if (this.#state.kind === "over") return;
    const whose = "agent" in this.#state ? this.#state.agent.machine : machine;
    this.over();
    if (refusal !== undefined) {
      this.#stream.say({ kind: "refused", ...refusal });
      this.#desk.refused(refusal, { machine: whose, peer: this.#stream.peer });
    }
    this.#stream.end();
  }

  #greet(hello: Hello): void {
    clearTimeout(this.#helloTimer);
    const { session, join } = this.#stream;
    const admission = this.#desk.admit({ machine: hello.machine, session, join });
    if (!admission.ok) {
      this.leave(admission.failure, hello.machine);
      return;
    }
    const { agent } = admission.value;
    agent.speaker?.leave();
    agent.speaker = this;
    const holding = new Set(hello.holding.map(attemptKey));
    for (const [key, attempt] of agent.open.byKey) attempt.told = holding.has(key);
    const timeline = createTimeline(this.#desk.clock, hello);
    this.#state = { kind: "settling", agent, timeline, holding };
    noteHeard(agent, this.#desk.clock.now(), this.#desk.post);
    if (agent.inbox.isFull()) this.#stream.pause();
    if (agent.ready === "written") this.welcome();
    else if (agent.ready === "unheard") this.#announce(agent, hello, admission.value.session);
  }

  #announce(agent: MachineAgent, { slots }: Hello, session: string): void {
    agent.ready = "settling";
    const { machine } = agent;
    this.#desk.post({ kind: "machine-ready", at: this.#desk.clock.now(), machine, slots, session }, () => {
      agent.ready = "written";
      agent.speaker?.welcome();
    });
  }

  #hear(says: AgentSays, greeted: Greeted): void {
    switch (says.kind) {
      case "hello":
        this.leave(nonsense("a second hello"));
        return;
      case "heartbeat":
        greeted.timeline.compare(says.nowBootUs);
        return;
      case "pull":
      case "results":
        if (this.#state.kind === "settling") this.leave(nonsense(`${says.kind} before the welcome`));
        else if (says.kind === "pull") this.#pull(says.credit, greeted);
        else this.#take(says, greeted);
        return;
      default:
        unreachable(says);
    }
  }

  #take({ seq, results }: Results, { agent, timeline }: Greeted): void {
    const heardAt = this.#desk.clock.now();
    const onTheRunsTime = results.map((report) => resultOf(report, timeline, heardAt));
    if (!agent.inbox.take(seq, onTheRunsTime))
      this.leave(nonsense(`results ${String(seq)}, of which earlier ones are missing`));
  }

  #pull(credit: number, greeted: Greeted): void {
    const { agent } = greeted;
    agent.inbox.flush();
    agent.open.wanted = credit;
    if (this.#state.kind !== "serving") this.#serve(greeted);
    const more = grantCredit(agent.open);
    if (more === 0) return;
    const at = this.#desk.clock.now();
    this.#desk.post({ kind: "tasks-wanted", at, machine: agent.machine, credit: more });
  }

  /** All results that were lost have come again: what is still open and not held there never arrived. */
  #serve(greeted: Greeted): void {
    this.#state = { ...greeted, kind: "serving" };
    for (const attempt of greeted.agent.open.byKey.values()) {
      if (!attempt.told) this.#outbox.start(attempt);
      else if (attempt.cancelled) this.#outbox.cancel(attempt.command);
    }
  }
}

const nonsense = (text: string): Refusal => ({ code: "protocol", text });
