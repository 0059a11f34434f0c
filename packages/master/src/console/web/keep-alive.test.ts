/** Is a websocket closed that nobody reads any more, or nobody may? */
import { EventEmitter } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { keepAlive } from "./keep-alive.js";

/** A websocket that is asked without end; how it is closed is told. */
function asked(answers: boolean, until?: number) {
  const events = new EventEmitter();
  onTestFinished(() => void events.emit("close"));
  const pings: number[] = [];
  const closed = new Promise<string>((over) => {
    const socket = {
      on: (event: string, listener: () => void) => events.on(event, listener),
      ping: () => {
        pings.push(pings.length);
        if (answers) events.emit("pong");
        if (pings.length === 5) over("still open");
      },
      terminate: () => over("terminated"),
      close: (code?: number) => over(`closed with ${String(code)}`),
    };
    keepAlive(socket, until === undefined ? undefined : { role: "viewer", until }, 1);
  });
  return closed;
}

test("whoever answers stays, as long as the session goes on", async () => {
  expect(await asked(true)).toBe("still open");
  expect(await asked(true, Date.now() + 3_600_000)).toBe("still open");
});

test("whoever does not answer is gone", async () => {
  expect(await asked(false)).toBe("terminated");
});

test("whose session has ended is told no more", async () => {
  expect(await asked(true, Date.now() - 1)).toBe("closed with 1008");
});
