/**
 * A request of the HTTP interface, judged and answered: is it meant for this server, who asks, may they, is it a write
 * that only our own page or a program can have sent, and is it well formed? Nothing is read of a body before.
 */
import type { IncomingMessage } from "node:http";
import type { BodyRoom } from "./body-room.js";
import { checkOrigin, type Door } from "./door.js";
import type { FindOperation } from "./find-operation.js";
import { readBody, readQuery } from "./read-call.js";
import { Refused } from "./refused.js";
import { sentDocument, type Sent } from "./send.js";
import type { SessionParts } from "./session.js";
import { checkRole, whoAsks, type Asker } from "./who-asks.js";

export interface CallParts extends SessionParts {
  readonly door: Door;
  readonly find: FindOperation;
  readonly room: BodyRoom;
}

export interface Answered {
  readonly sent: Sent;
  /** For the log: no address, as that is foreign text. */
  readonly operation: string;
  /** The run that was changed. */
  readonly changed?: string;
}

export async function answerCall(
  request: IncomingMessage,
  address: { readonly path: string; readonly query: string },
  parts: CallParts,
): Promise<Answered> {
  const { operation, named } = parts.find(request.method ?? "", address.path);
  const { guest, byCookie } = operation.who === "anyone" ? NOBODY : whoAsks(request, parts);
  checkRole(guest, operation.who);
  if (operation.method === "POST") checkWrite(request, parts.door, byCookie);
  const query = readQuery(operation, address.query);
  const body = await readBody(request, operation, parts.room);
  const answer = await operation.carryOut({ named, query, body, guest });
  const { name, status, method } = operation;
  if ("bytes" in answer) return { operation: name, sent: { status, ...answer } };
  const { run } = named;
  const changed = method === "POST" && run !== undefined ? { changed: run } : {};
  return { operation: name, sent: sentDocument(status, answer.document, answer.headers), ...changed };
}

const NOBODY: Asker = { guest: undefined, byCookie: false };

/** A form of another site can send neither this content type nor this header without asking first, and is told no. */
function checkWrite(request: IncomingMessage, door: Door, originNeeded: boolean): void {
  checkOrigin(request, door, originNeeded);
  const type = (request.headers["content-type"] ?? "").replace(/\s/gu, "").toLowerCase();
  if (type !== "application/json" && type !== "application/json;charset=utf-8")
    throw unfit(415, "the header Content-Type", "application/json");
  if (request.headers["x-stint"] !== "1") throw unfit(403, "the header x-stint", "1");
}

const unfit = (status: 403 | 415, where: string, expected: string): Refused =>
  new Refused(status, {
    code: status === 415 ? "wrong-content-type" : "header-missing",
    ...{ where, found: "another value, or none", expected, hint: "" },
  });
