/**
 * Lets a run at work be asked, stopped, paused and given money by who may open its socket: the same user. It decides
 * nothing: what is asked becomes an event, and is answered when that is written down.
 */
import { chmodSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import type { Instant, MicroUsd } from "@stint/shared/units.js";
import type { Audience, Deliver } from "../../drive/ports.js";
import type { RunEvent } from "../../planner/records.js";
import type { Summary } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import { viewRun } from "../../planner/view-run.js";
import { LINE_BYTES_MOST, readAsked, toldLine, type Asked, type Told } from "./control-words.js";
import { withoutBudget } from "../without-budget.js";
import { placeElsewhere, placeSocket, removeSocket, type ControlFiles } from "./socket-place.js";
import { watchers, type Watchers } from "./watchers.js";

export interface ControlOptions {
  readonly files: ControlFiles;
  readonly run: Run;
  readonly now: () => Instant;
  readonly deliver: Deliver;
  readonly stop: (how: "drain" | "now") => void;
  readonly summary: () => Summary;
  /** The socket cannot be made: the run goes on without. */
  readonly say: (text: string) => void;
}

export interface Control extends Audience {
  /** From here on it can be reached. */
  open(): Promise<void>;
  /** Tells everyone who watches what came of the run. */
  close(): Promise<void>;
}

/** What is answered once. */
type Question = Exclude<Asked, { ask: "watch" }>;

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
  const tell = (event: RunEvent): Promise<void> =>
    new Promise((written) => {
      waiting.set(event, written);
      options.deliver(event);
    });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    void hear(socket, (asked) => answer(options, asked, tell), watching);
  });
  server.maxConnections = CONNECTIONS_MOST;
  return {
    open: () => listenSomewhere(server, options),
    seen(frame, run) {
      waiting.get(frame.event)?.();
      waiting.delete(frame.event);
      watching.seen(frame, run.settings.clusters);
    },
    async close() {
      watching.close(options.summary());
      const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), FAREWELL_MS);
      if (server.listening) await new Promise<void>((closed) => server.close(() => closed()));
      clearTimeout(late);
      removeSocket(options.files);
    },
  };
}

/** The run as it is now, and not only as it was at its last event. */
function viewNow({ run, now }: ControlOptions): ReturnType<typeof viewRun> {
  const view = viewRun(run);
  return run.phase === "ended" ? view : { ...view, at: now() };
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
  watching: Watchers,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const line = await firstLine(socket);
  if (line === undefined) return;
  try {
    const asked = readAsked(line);
    if (asked.ask === "watch") watching.add(socket);
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

async function answer(
  options: ControlOptions,
  asked: Question,
  tell: (event: RunEvent) => Promise<void>,
): Promise<Told> {
  const { run, now } = options;
  switch (asked.ask) {
    case "status":
      return { kind: "status", view: viewNow(options), summary: options.summary() };
    case "stop":
      options.stop(asked.how);
      return { kind: "done" };
    case "pause":
      if (run.phase === "stopping" || run.phase === "ended")
        return refused(run, "not-going-on", NOT_STOPPING);
      if (!run.paused) await tell({ kind: "pause-asked", at: now() });
      return { kind: "done" };
    case "unpause":
      if (!run.paused) return refused(run, "not-paused", "a run that is paused");
      await tell({ kind: "unpause-asked", at: now() });
      return { kind: "done" };
    case "budget-add":
      if (run.money.budget === undefined) throw new TroubleError(withoutBudget(run.settings.name));
      await tell({ kind: "budget-added", at: now(), amount: asked.amount_micro_usd as MicroUsd });
      return { kind: "done" };
  }
}

const NOT_STOPPING = "a run that goes on";

function refused(run: Run, code: string, expected: string): Told {
  const found = run.phase === "stopping" ? "a run that is winding up" : `a run that is ${run.phase}`;
  const trouble: Trouble = {
    kind: "usage",
    code,
    where: run.settings.name,
    found,
    expected,
    hint: "stint status",
  };
  return { kind: "refused", trouble };
}
