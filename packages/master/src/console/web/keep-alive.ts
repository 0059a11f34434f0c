/** Asks a websocket every now and then whether it is still there; one that is not, or whose session has ended, is closed. */
import type { WebSocket } from "ws";
import type { Guest } from "./doorkeeper.js";

export const PING_MS = 15_000;
/** Policy violation, as the protocol has it. */
const REFUSED = 1008;

type Kept = Pick<WebSocket, "ping" | "terminate" | "close"> & {
  on(event: "pong" | "close", listener: () => void): unknown;
};

export function keepAlive(open: Kept, guest: Guest | undefined, everyMs = PING_MS): void {
  let answered = true;
  open.on("pong", () => (answered = true));
  const pulse = setInterval(() => {
    if (!answered) return open.terminate();
    if ((guest?.until ?? Infinity) <= Date.now()) return open.close(REFUSED, "the session has ended");
    answered = false;
    open.ping();
  }, everyMs);
  open.on("close", () => clearInterval(pulse));
}
