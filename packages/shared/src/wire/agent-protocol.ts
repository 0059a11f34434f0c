/**
 * The protocol as gRPC needs it: client, service and the options both sides share. Made from what agent.proto says,
 * which is part of the program: no file is looked for at run time.
 */
import grpc from "@grpc/grpc-js";
import { fromJSON, type Options } from "@grpc/proto-loader";
import type { ProtoGrpcType } from "./gen/agent.js";
import { described } from "./gen/described.js";
import { MESSAGE_BYTES_MOST } from "./messages.js";

/**
 * The generated types hold for these options only; the same stand in generate-wire.mjs. A 64 bit number becomes a
 * JavaScript number: beyond 2^53 it would be rounded, to one that field.ts refuses.
 */
const OPTIONS: Options = { longs: Number, enums: String, defaults: true, oneofs: true };

const definition = fromJSON(described as unknown as Parameters<typeof fromJSON>[0], OPTIONS);
const loaded = grpc.loadPackageDefinition(definition) as unknown as ProtoGrpcType;

export const AgentClient = loaded.stint.agent.v1.Agent;

/** Metadata of a call: the agent's own secret, and the token that it got when it was launched. */
export const SESSION_KEY = "stint-session";
export const JOIN_KEY = "stint-join";

export const MESSAGE_LIMITS = {
  "grpc.max_receive_message_length": MESSAGE_BYTES_MOST,
  "grpc.max_send_message_length": MESSAGE_BYTES_MOST,
} as const;
