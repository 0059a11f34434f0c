/** Speaks to the master that works on a run, if there is one: one request, and its answer line by line. */
import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { TroubleError } from "@stint/shared/failures.js";
import { errorCode, fileTrouble } from "../../store/file-trouble.js";
import type { RunFolder } from "../../store/run-folder.js";
import { shownFolder } from "../known-run.js";
import { askedLine, readTold, type Asked, type Told } from "./control-words.js";
import type { Followed } from "./followers.js";
import { findSocket } from "./socket-place.js";

/** For a disk that is slow to take a record; a master that is stopped (Ctrl-Z) accepts, and says nothing. */
const ANSWER_MS = 20_000;

/**
 * Undefined when no master can be reached; a refusal is thrown.
 * @param patience in milliseconds
 */
export async function askMaster(
  folder: RunFolder,
  asked: Asked,
  patience = ANSWER_MS,
): Promise<Told | undefined> {
  const socket = await connect(folder);
  if (socket === undefined) return undefined;
  const silent = masterSilent(folder, patience);
  socket.setTimeout(patience, () => socket.destroy(silent));
  for await (const told of toldBy(socket, asked)) return told;
  throw socket.errored === silent ? silent : masterGone(folder);
}

/** Line by line until the run is over; undefined when no master can be reached. */
export async function watchMaster(folder: RunFolder): Promise<AsyncIterable<Told> | undefined> {
  const socket = await connect(folder);
  return socket === undefined ? undefined : toldBy(socket, { ask: "watch" });
}

/** Document by document until the run is over or the signal is aborted; none when no master can be reached. */
export async function* followMaster(
  folder: RunFolder,
  as: Followed,
  left: AbortSignal,
): AsyncGenerator<Told> {
  const socket = await connect(folder);
  if (socket === undefined) return;
  const leave = (): void => void socket.destroy();
  if (left.aborted) leave();
  left.addEventListener("abort", leave, { once: true });
  try {
    yield* toldBy(socket, { ask: "follow", as });
  } finally {
    left.removeEventListener("abort", leave);
  }
}

async function* toldBy(socket: Socket, asked: Asked): AsyncGenerator<Told> {
  socket.write(askedLine(asked));
  try {
    for await (const line of createInterface({ input: socket })) {
      const told = readTold(line);
      if (told.kind === "refused") throw new TroubleError(told.trouble);
      yield told;
    }
  } catch (cause) {
    // Of a connection that has ended the system's words are no answer: nothing more is told.
    if (errorCode(cause) === undefined) throw cause;
  } finally {
    socket.destroy();
  }
}

/** A socket that nobody listens on was left by a master that was killed. */
function connect(folder: RunFolder): Promise<Socket | undefined> {
  const path = findSocket(folder);
  if (path === undefined) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      socket.on("error", () => socket.destroy());
      resolve(socket);
    });
    socket.once("error", (cause) => {
      if (GONE.has(errorCode(cause) ?? "")) resolve(undefined);
      else reject(fileTrouble(path, "the control socket of a run of your own", cause));
    });
  });
}

const GONE: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED", "ENOTSOCK"]);

export const noMaster = (folder: RunFolder): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "no-master",
    where: shownFolder(folder),
    found: "no master at work on it that can be reached",
    expected: "a run that goes on at this moment",
    hint: `stint status ${shownFolder(folder)}, stint resume ${shownFolder(folder)}`,
  });

const masterSilent = (folder: RunFolder, patience: number): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "master-silent",
    where: shownFolder(folder),
    found: `a master that has said nothing for ${String(patience / 1000)} s`,
    expected: "an answer",
    hint: "is it stopped (fg, or kill -CONT), or its disk full? it will do what was asked when it goes on",
  });

export const masterGone = (folder: RunFolder): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "master-gone",
    where: shownFolder(folder),
    found: "a master that ended before it had answered",
    expected: "an answer",
    hint: `stint status ${shownFolder(folder)}; nothing that is done is lost: stint resume ${shownFolder(folder)}`,
  });
