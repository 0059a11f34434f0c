/**
 * Keeps one connection to the master, whoever that is by now: says hello, beats its heart, and calls again when the
 * connection is lost, until somebody answers. What is said on it is not its concern.
 *
 *     calling --hello, welcome--> up --lost--> waiting --backoff--> calling
 *        \-- no answer, lost --> waiting            any --refused, closed--> over
 */
import { readFileSync } from "node:fs";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { BootClock } from "@stint/shared/boot-clock.js";
import type { AgentSays, Hello, MasterSays, Refused, Welcome } from "@stint/shared/wire/messages.js";
import { openAgentStream, type AgentStream } from "@stint/shared/wire/open-agent-stream.js";
import { retryAfterMs } from "./backoff.js";
import type { Enrolment } from "./enrol.js";

export interface ConnectOptions {
  readonly config: Pick<AgentConfig, "master" | "masterPortFile" | "caFile">;
  readonly enrolment: Enrolment;
  readonly clock: BootClock;
  readonly hello: () => Hello;
  /** A master listens until `down`. */
  readonly up: (welcome: Welcome) => void;
  readonly down: () => void;
  readonly heard: (says: Exclude<MasterSays, Welcome | Refused>) => void;
  readonly drained: () => void;
  /** Nobody is called again. */
  readonly refused: (refused: Refused) => void;
  readonly onTrouble: (text: string) => void;
}

export interface Connection {
  /** Only while it is up. False: it is on its way, but nothing more should be said until `drained`. */
  say(says: AgentSays): boolean;
  /** After what was said; nobody is called again. */
  close(): void;
}

/** A master that writes down first that the agent is there may take a moment to welcome it. */
const WELCOME_WITHIN_MS = 30_000;
/** What was said last has this long to get through. */
const CLOSE_WITHIN_MS = 500;

interface Line {
  readonly options: ConnectOptions;
  readonly caPem: string;
  stream: AgentStream | undefined;
  isUp: boolean;
  isClosed: boolean;
  failures: number;
  timer: NodeJS.Timeout | undefined;
  heartbeat: NodeJS.Timeout | undefined;
}

export function keepConnected(options: ConnectOptions): Connection {
  const line: Line = {
    ...{ options, caPem: readFileSync(options.config.caFile, "utf8") },
    ...{ stream: undefined, isUp: false, isClosed: false },
    ...{ failures: 0, timer: undefined, heartbeat: undefined },
  };
  call(line);
  return {
    say: (says) => line.stream?.say(says) ?? false,
    close: () => close(line),
  };
}

function call(line: Line): void {
  const { config, enrolment, hello, onTrouble } = line.options;
  const master = masterNow(config);
  const join = enrolment.joinToken();
  const stream = openAgentStream(
    { master, caPem: line.caPem, session: enrolment.session, ...(join === undefined ? {} : { join }) },
    {
      heard: (says) => hear(line, says),
      drained: () => line.options.drained(),
      over: (why) => {
        if (line.failures === 0 && !line.isClosed)
          onTrouble(`no connection to ${master}: ${"text" in why ? why.text : why.kind}`);
        lost(line);
      },
    },
  );
  line.stream = stream;
  line.timer = setTimeout(() => stream.drop(), WELCOME_WITHIN_MS);
  stream.say(hello());
}

function hear(line: Line, says: MasterSays): void {
  if (says.kind === "welcome") welcomed(line, says);
  else if (says.kind === "refused") {
    close(line);
    line.options.refused(says);
  } else if (line.isUp) line.options.heard(says);
}

function welcomed(line: Line, welcome: Welcome): void {
  if (line.isUp) return;
  clearTimeout(line.timer);
  line.isUp = true;
  line.failures = 0;
  const { clock, enrolment, up } = line.options;
  enrolment.welcomed();
  const beat = (): void => void line.stream?.say({ kind: "heartbeat", nowBootUs: clock.nowUs() });
  line.heartbeat = setInterval(beat, welcome.heartbeatMs);
  up(welcome);
}

function lost(line: Line): void {
  clearTimeout(line.timer);
  clearInterval(line.heartbeat);
  line.stream = undefined;
  const wasUp = line.isUp;
  line.isUp = false;
  if (wasUp) line.options.down();
  if (line.isClosed) return;
  line.failures += 1;
  line.timer = setTimeout(() => call(line), retryAfterMs(line.failures, Math.random()));
}

function close(line: Line): void {
  line.isClosed = true;
  clearTimeout(line.timer);
  const { stream } = line;
  if (stream === undefined) return;
  stream.end();
  line.timer = setTimeout(() => stream.drop(), CLOSE_WITHIN_MS);
}

/** A master that came back may listen elsewhere, and then says so in a file. */
function masterNow({ master, masterPortFile }: ConnectOptions["config"]): string {
  if (masterPortFile === undefined) return master;
  try {
    return readFileSync(masterPortFile, "utf8").trim() || master;
  } catch {
    return master;
  }
}
