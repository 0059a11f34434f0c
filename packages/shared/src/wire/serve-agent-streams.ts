/**
 * The master's side of its agents' connections: listens over TLS and hands each stream, in the project's words, to
 * whoever attends it. Who an agent is and what it may say is not known here.
 */
import grpc from "@grpc/grpc-js";
import { TroubleError } from "../failures.js";
import { decodeAgentMessage } from "./agent-messages.js";
import { AgentClient, JOIN_KEY, MESSAGE_LIMITS, SESSION_KEY } from "./agent-protocol.js";
import { UnreadableMessage } from "./field.js";
import type { AgentHandlers } from "./gen/stint/agent/v1/Agent.js";
import { encodeMasterSays } from "./master-messages.js";
import type { AgentSays, MasterSays } from "./messages.js";

/** One connected agent. */
export interface MasterStream {
  /** What it showed; not yet believed. */
  readonly session: string | undefined;
  readonly join: string | undefined;
  /** Where it calls from, as `127.0.0.1:40112`. */
  readonly peer: string;
  /** False: it is on its way, but nothing more should be said until `drained`. */
  say(says: MasterSays): boolean;
  /** Nothing is heard until `resume`; what the agent says meanwhile waits at its side. */
  pause(): void;
  resume(): void;
  /** Closes it in order, after what was said. */
  end(): void;
}

export interface Attendant {
  heard(says: AgentSays): void;
  /** It said what this version cannot read. */
  unreadable(text: string): void;
  drained(): void;
  /** Called once; nothing is heard afterwards, and what was said last may be lost. */
  over(): void;
}

export interface AgentStreamsOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly certPem: string;
  readonly keyPem: string;
  /** Streams open at once; a machine has one, and a second while it replaces it. */
  readonly streamsMost?: number;
  readonly attend: (stream: MasterStream) => Attendant;
}

export interface AgentStreams {
  readonly port: number;
  /** Lets streams that were ended close in order, a moment long; then closes all. */
  close(): Promise<void>;
}

const SERVER_OPTIONS = {
  "grpc.keepalive_time_ms": 20_000,
  "grpc.keepalive_timeout_ms": 10_000,
  // An agent has one stream; one that replaces it may come before the old one is gone.
  "grpc.max_concurrent_streams": 4,
  ...MESSAGE_LIMITS,
} as const;

const STREAMS_MOST = 4_000;
const CLOSE_WAIT_MS = 1_000;

/** No agent shows a certificate. Where none is named, all that the world trusts are read, for a sixtieth of a second. */
const NOBODY = Buffer.alloc(0);

export async function serveAgentStreams(options: AgentStreamsOptions): Promise<AgentStreams> {
  const server = new grpc.Server(SERVER_OPTIONS);
  const handlers: Pick<AgentHandlers, "Attach"> = { Attach: attendAtMost(options) };
  server.addService(AgentClient.service, { ...handlers });
  const pair = { cert_chain: Buffer.from(options.certPem), private_key: Buffer.from(options.keyPem) };
  const port = await bind(
    server,
    `${options.host}:${String(options.port)}`,
    grpc.ServerCredentials.createSsl(NOBODY, [pair], false),
  );
  return { port, close: () => closeServer(server) };
}

const bind = (server: grpc.Server, address: string, credentials: grpc.ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) =>
      error === null ? resolve(port) : reject(cannotListen(address, error)),
    );
  });

const cannotListen = (address: string, error: Error): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "cannot-listen",
    where: address,
    found: error.message,
    expected: "an address of this computer with a port that is free",
    hint: "use port 0 for any that is free",
  });

type AgentCall = Parameters<AgentHandlers["Attach"]>[0];

function attendAtMost({ attend, streamsMost = STREAMS_MOST }: AgentStreamsOptions): AgentHandlers["Attach"] {
  let streams = 0;
  return (call) => {
    if (streams >= streamsMost) {
      const details = `there are ${String(streams)} streams already`;
      call.emit("error", { code: grpc.status.RESOURCE_EXHAUSTED, details });
      return;
    }
    streams += 1;
    attendCall(call, attend, () => {
      streams -= 1;
    });
  };
}

function attendCall(call: AgentCall, attend: AgentStreamsOptions["attend"], left: () => void): void {
  let isOver = false;
  let ended = false;
  const attendant = attend({
    session: carried(call, SESSION_KEY),
    join: carried(call, JOIN_KEY),
    peer: call.getPeer(),
    say: (says) => !isOver && !ended && call.write(encodeMasterSays(says)),
    pause: () => call.pause(),
    resume: () => call.resume(),
    end() {
      if (ended) return;
      ended = true;
      call.end();
      // What is still being said must be taken in, or the stream never closes.
      call.resume();
    },
  });
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    if (!ended) call.end();
    ended = true;
    left();
    attendant.over();
  };
  call.on("data", (message: Parameters<typeof decodeAgentMessage>[0]) => {
    if (isOver || ended) return;
    try {
      attendant.heard(decodeAgentMessage(message));
    } catch (cause) {
      if (!(cause instanceof UnreadableMessage)) throw cause;
      attendant.unreadable(cause.message);
    }
  });
  call.on("drain", () => {
    if (!isOver) attendant.drained();
  });
  call.on("end", over);
  call.on("cancelled", over);
  call.on("error", over);
  call.on("close", over);
}

const carried = (call: AgentCall, key: string): string | undefined => {
  const [value] = call.metadata.get(key);
  return typeof value === "string" ? value : undefined;
};

async function closeServer(server: grpc.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, CLOSE_WAIT_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  server.forceShutdown();
}
