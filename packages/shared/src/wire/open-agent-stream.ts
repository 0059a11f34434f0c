/**
 * The agent's side of a connection: opens one stream to its master over TLS, says the agent's words and hears the
 * master's. It is over once and for all when it is over; whoever wants another opens another.
 */
import { createSecureContext } from "node:tls";
import grpc from "@grpc/grpc-js";
import { AgentClient, JOIN_KEY, MESSAGE_LIMITS, SESSION_KEY } from "./agent-protocol.js";
import { encodeAgentSays } from "./agent-messages.js";
import { decodeMasterMessage } from "./master-messages.js";
import { UnreadableMessage } from "./field.js";
import type { AgentSays, MasterSays } from "./messages.js";
import { SERVER_NAME } from "./server-name.js";

export interface AgentStreamOptions {
  /** `host:port`. */
  readonly master: string;
  /** The one authority that is trusted. */
  readonly caPem: string;
  /** 256 bits, hex; drawn by the agent. */
  readonly session: string;
  /** The join token, until the first welcome. */
  readonly join?: string;
}

export interface AgentStreamHandlers {
  readonly heard: (says: MasterSays) => void;
  /** What `say` refused to promise can be said now. */
  readonly drained: () => void;
  /** Called once; nothing is heard afterwards, and what was said last may be lost. */
  readonly over: (why: StreamEnd) => void;
}

export type StreamEnd =
  /** The master closed it in order. */
  | { readonly kind: "closed" }
  /** No master there, or it went away. */
  | { readonly kind: "lost"; readonly text: string }
  /** Whoever is there is not this agent's master, or speaks another version. */
  | { readonly kind: "foreign"; readonly text: string };

export interface AgentStream {
  /** False: it is on its way, but nothing more should be said until `drained`. */
  say(says: AgentSays): boolean;
  /** Nothing more will be said; over when the master has closed its side too. */
  end(): void;
  /** Over now. */
  drop(): void;
}

const CHANNEL = {
  // Idle connections are probed, so that one that is gone without a word is noticed.
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 5_000,
  "grpc.keepalive_permit_without_calls": 1,
  // Each stream has a connection of its own: a new one is never put on one that hangs, nor told to wait its turn.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.enable_retries": 0,
  // The environment may name a proxy, which knows nothing of this computer's own ports.
  "grpc.enable_http_proxy": 0,
} as const;

export function openAgentStream(options: AgentStreamOptions, handlers: AgentStreamHandlers): AgentStream {
  const client = new AgentClient(options.master, credentials(options.caPem), {
    ...CHANNEL,
    ...MESSAGE_LIMITS,
    "grpc.ssl_target_name_override": SERVER_NAME,
    "grpc.default_authority": SERVER_NAME,
  });
  const call = client.attach(metadata(options));
  let isOver = false;
  const over = (why: StreamEnd): void => {
    if (isOver) return;
    isOver = true;
    call.cancel();
    client.close();
    handlers.over(why);
  };
  call.on("data", (message: Parameters<typeof decodeMasterMessage>[0]) => {
    if (isOver) return;
    try {
      handlers.heard(decodeMasterMessage(message));
    } catch (cause) {
      if (!(cause instanceof UnreadableMessage)) throw cause;
      over({ kind: "foreign", text: cause.message });
    }
  });
  call.on("drain", () => {
    if (!isOver) handlers.drained();
  });
  // After a lost server there is an error and a status, but no 'close'; a stream without a listener for errors
  // would end the process.
  call.on("error", (error: grpc.ServiceError) => over(endOf(error)));
  call.on("status", (status: grpc.StatusObject) => over(endOf(status)));
  return {
    say: (says) => !isOver && call.write(encodeAgentSays(says)),
    end: () => call.end(),
    drop: () => over({ kind: "lost", text: "dropped" }),
  };
}

function credentials(caPem: string): grpc.ChannelCredentials {
  return grpc.ChannelCredentials.createFromSecureContext(
    createSecureContext({ ca: caPem, minVersion: "TLSv1.3" }),
  );
}

function metadata({ session, join }: AgentStreamOptions): grpc.Metadata {
  const carried = new grpc.Metadata();
  carried.set(SESSION_KEY, session);
  if (join !== undefined) carried.set(JOIN_KEY, join);
  return carried;
}

function endOf({ code, details }: Pick<grpc.StatusObject, "code" | "details">): StreamEnd {
  if (code === grpc.status.OK) return { kind: "closed" };
  if (code === grpc.status.UNIMPLEMENTED) return { kind: "foreign", text: details };
  return { kind: "lost", text: `${grpc.status[code]}: ${details}` };
}
