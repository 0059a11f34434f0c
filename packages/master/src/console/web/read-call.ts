/** What came with a request, read by the schemas of its operation: words of the address, and a body of JSON. */
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { quoted } from "@stint/shared/misread.js";
import { firstComplaint } from "@stint/shared/schema-trouble.js";
import type { BodyRoom } from "./body-room.js";
import type { Operation } from "./operation.js";
import { Refused, type RefusedStatus } from "./refused.js";

type Shape = Readonly<Record<string, z.core.$ZodType>>;
const WHOLE = /^\d{1,16}$/u;

export function readQuery({ query }: Operation, text: string): unknown {
  const words = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(text)) {
    if (words.has(key)) throw unread(400, "the address", `${quoted(key)} twice`, "each word once");
    if (query === undefined) throw unread(400, "the address", quoted(key), "no words behind a ?");
    if (isNumber((query.shape as Shape)[key]) && !WHOLE.test(value))
      throw unread(400, `the address, ${key}`, quoted(value), "a whole number in digits");
    words.set(key, value);
  }
  return query === undefined ? {} : parsed(query, Object.fromEntries(words), 400);
}

/** What is made a number by `z.coerce` would be made one of an empty text, too. */
const isNumber = (schema: z.core.$ZodType | undefined): boolean =>
  schema instanceof z.ZodOptional ? isNumber(schema.unwrap()) : schema instanceof z.ZodNumber;

type Sent = Pick<IncomingMessage, "headers" | "iterator">;

/** JSON and nothing else: what a form of another site can send is not taken for it. */
export async function readBody(
  request: Sent,
  operation: Pick<Operation, "body">,
  room: BodyRoom,
): Promise<unknown> {
  if (operation.body === undefined) return undefined;
  const { schema, bytesMost } = operation.body;
  const bytes = await readBytes(request, bytesMost, room);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw unread(400, "the body", "no JSON", "one JSON object in UTF-8");
  }
  return parsed(schema, value, 422);
}

async function readBytes(request: Sent, most: number, room: BodyRoom): Promise<Buffer> {
  const said = Number(request.headers["content-length"] ?? 0);
  if (said > most) throw tooLong(most);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed by a refusal: its sender is still to read the answer.
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (size + part.length > most) throw tooLong(most);
      room.take(part.length);
      size += part.length;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    room.giveBack(size);
  }
}

function parsed(schema: z.ZodObject, value: unknown, status: 400 | 422): unknown {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const { misread } = firstComplaint(read.error, value, Object.keys(schema.shape));
  const where = status === 400 ? "the address" : "the body";
  throw new Refused(status, { ...misread, where });
}

const unread = (status: RefusedStatus, where: string, found: string, expected: string): Refused =>
  new Refused(status, { code: "not-understood", where, found, expected, hint: "" });

const tooLong = (most: number): Refused =>
  unread(413, "the body", "one that is too long", `at most ${String(most)} bytes`);
