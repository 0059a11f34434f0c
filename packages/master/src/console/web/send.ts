/** How answers leave: each with the headers that keep a browser from taking it for something else. */
import type { ServerResponse } from "node:http";
import type { Headers } from "./operation.js";
import { errorDocument, type Refused } from "./refused.js";

/** Nothing but what this server itself sent is loaded or run, and no other page may frame it. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const HEADERS: Headers = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // What is told changes with every call; pages say otherwise themselves.
  "cache-control": "no-store",
};

export interface Sent {
  readonly status: number;
  readonly bytes: Uint8Array | string;
  readonly headers: Headers;
}

export const JSON_TYPE = "application/json; charset=utf-8";

export const sentDocument = (status: number, document: object, headers: Headers = {}): Sent => ({
  status,
  bytes: JSON.stringify(document),
  headers: { "content-type": JSON_TYPE, ...headers },
});

export const sentRefusal = (refused: Refused): Sent =>
  sentDocument(refused.status, errorDocument(refused), refused.headers);

/** Never throws: what cannot be sent ends the connection, and no run with it. */
export function send(response: ServerResponse, { status, bytes, headers }: Sent): void {
  if (response.destroyed) return;
  const size = typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.byteLength;
  // A status that has no body has no length of one either.
  const length = status === 304 ? {} : { "content-length": size };
  try {
    response.writeHead(status, { ...HEADERS, ...headers, ...length });
    response.end(bytes);
  } catch {
    response.destroy();
  }
}
