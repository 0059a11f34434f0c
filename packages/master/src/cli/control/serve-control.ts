/**
 * Lets a run at work be asked, stopped, paused and given money by who may open its socket: the same user. It decides
 * nothing: what is asked becomes an event, and is answered when that is written down.
 */
import { chmodSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { TroubleError } from "@stint/shared/failures.js";
import type { Audience, Deliver } from "../../drive/ports.js";
import type { RunEvent } from "../../planner/records.js";
import { answer, viewNow, type Answering } from "./answer.js";
import type { Asker, Question } from "./asker.js";
import { LINE_BYTES_MOST, readAsked, toldLine, type Told } from "./control-words.js";
import { followers, type Followers } from "./followers.js";
import { placeElsewhere, placeSocket, removeSocket, type ControlFiles } from "./socket-place.js";
import { watchers, type Watchers } from "./watchers.js";

export interface ControlOptions extends Answering {
  readonly files: ControlFiles;
  readonly deliver: Deliver;
  /** The socket cannot be made: the run goes on without. */
  readonly say: (text: string) => void;
}

export interface Control extends Audience {
  /** The same for who is in this process. */
  readonly asker: Asker;
  /** From here on it can be reached. */
  open(): Promise<void>;
  /** Tells everyone who watches what came of the run. */
  close(): Promise<void>;
}

/** Connections at once; whoever comes later is turned away. */
const CONNECTIONS_MOST = 64;
const OWNER_ONLY = 0o600;
/** Who asks nothing for so long holds one of them no longer. */
const QUESTION_MS = 10_000;
/** For who still reads when the run is over. */
const FAREWELL_MS = 1_000;

export function serveControl(options: ControlOptions): Control {
  const waiting = new Map<RunEvent, () => void>();
  const watching = watchers(() => viewNow(options));
  const following = followers(options.looked);
  const tell = (event: RunEvent): Promise<void> =>
    new Promise((written) => {
      waiting.set(event, written);
      options.deliver(event);
    });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    void hear(socket, (asked) => answer(options, asked, tell), { watching, following });
  });
  server.maxConnections = CONNECTIONS_MOST;
  return {
    asker: { ask: (question) => answered(options, question, tell), follow: following.listen },
    open: () => listenSomewhere(server, options),
    seen(frame, run) {
      waiting.get(frame.event)?.();
      waiting.delete(frame.event);
      watching.seen(frame, run.settings.clusters);
      following.seen();
    },
    async close() {
      const summary = options.summary();
      watching.close(summary);
      following.close(summary);
      const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), FAREWELL_MS);
      if (server.listening) await new Promise<void>((closed) => server.close(() => closed()));
      clearTimeout(late);
      removeSocket(options.files);
    },
  };
}

async function answered(...asked: Parameters<typeof answer>): Promise<Told> {
  const told = await answer(...asked);
  if (told.kind === "refused") throw new TroubleError(told.trouble);
  return told;
}

async function listenSomewhere(server: Server, { files, say }: ControlOptions): Promise<void> {
  for (const place of [placeSocket, placeElsewhere]) {
    try {
      await listen(server, place(files));
      return;
    } catch {
      // A file system without sockets, perhaps; the other place is tried.
      removeSocket(files);
    }
  }
  say("no control socket could be made: stint watch, cancel, pause and budget add cannot reach this run");
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      chmodSync(path, OWNER_ONLY);
      resolve();
    });
    // The run's end is not waited for by a socket.
    server.unref();
  });
}

async function hear(
  socket: Socket,
  answers: (asked: Question) => Promise<Told>,
  { watching, following }: { readonly watching: Watchers; readonly following: Followers },
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const line = await firstLine(socket);
  if (line === undefined) return;
  try {
    const asked = readAsked(line);
    if (asked.ask === "watch") watching.add(socket);
    else if (asked.ask === "follow") following.add(socket, asked.as);
    else socket.end(toldLine(await answers(asked)));
  } catch (cause) {
    if (!(cause instanceof TroubleError)) throw cause;
    socket.end(toldLine({ kind: "refused", trouble: cause.trouble }));
  }
}

async function firstLine(socket: Socket): Promise<string | undefined> {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LINE_BYTES_MOST) socket.destroy();
  });
  socket.setTimeout(QUESTION_MS, () => socket.destroy());
  const lines = createInterface({ input: socket });
  // It repeats whatever befalls the socket, as that the asker has gone, for as long as the socket lives.
  lines.on("error", () => undefined);
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(undefined));
  });
  socket.setTimeout(0);
  return line;
}
