/**
 * Ends all that a machine started, for certain: every process that carries its marks, and every other in a
 * session that one of these belongs to. Looks again until nothing is left; it never says so on a guess.
 */
import { lookAround, ownSession, sameMarks, type Look, type Marks, type SeenProcess } from "./marks.js";

export interface Sweeper {
  /** Resolves when looks in a row found nothing; never after {@link Sweeper.close}. */
  sweep(marks: Marks): Promise<void>;
  close(): void;
}

/** One look hunts for all machines that are being swept. */
interface Hunt {
  readonly marks: Marks;
  readonly sessions: Set<number>;
  /** Processes that may not be ended by us: of another user. */
  readonly beyondUs: Set<number>;
  /** Told to hold still, so that they start nothing while the rest is being found. */
  readonly held: Set<number>;
  looks: number;
  emptyLooks: number;
  readonly swept: () => void;
}

/** So many looks in a row have to find nothing. */
const EMPTY_LOOKS = 2;
/** What an empty look counts that may have missed something; some computers never let one be whole. */
const DOUBTFUL_LOOK = 0.1;
const FIRST_PAUSE_MS = 5;
const PAUSE_GROWS = 1.5;
const PAUSE_MOST_MS = 500;
/** Whoever still starts processes after so many looks is ended without being held first. */
const HOLDS_MOST = 20;
/** After so many looks somebody is told that a process does not die; looked for it is still. */
const LOOKS_BEFORE_TROUBLE = 30;

export function sweeper(onTrouble: (text: string) => void): Sweeper {
  const hunts = new Set<Hunt>();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = FIRST_PAUSE_MS;

  const look = (): void => {
    const around = lookAround();
    for (const hunt of hunts) if (endFound(hunt, around, onTrouble)) hunts.delete(hunt);
    pauseMs = Math.min(pauseMs * PAUSE_GROWS, PAUSE_MOST_MS);
    timer = hunts.size === 0 ? undefined : setTimeout(look, pauseMs);
  };
  return {
    sweep(marks) {
      return new Promise((swept) => {
        // Another master may have started the machine anew.
        if (closed) return;
        hunts.add(newHunt(marks, swept));
        pauseMs = FIRST_PAUSE_MS;
        clearTimeout(timer);
        timer = setTimeout(look, 0);
      });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      hunts.clear();
    },
  };
}

const newHunt = (marks: Marks, swept: () => void): Hunt => ({
  marks,
  sessions: new Set(),
  beyondUs: new Set(),
  held: new Set(),
  looks: 0,
  emptyLooks: 0,
  swept,
});

/** True when the hunt is over. */
function endFound(hunt: Hunt, look: Look, onTrouble: (text: string) => void): boolean {
  hunt.looks += 1;
  const found = foundBy(hunt, look.processes);
  if (found.length === 0) {
    hunt.emptyLooks += look.isWhole ? 1 : DOUBTFUL_LOOK;
    if (hunt.emptyLooks < EMPTY_LOOKS) return false;
    hunt.swept();
    return true;
  }
  hunt.emptyLooks = 0;
  if (hunt.looks === LOOKS_BEFORE_TROUBLE) onTrouble(cannotEnd(hunt, found));
  const fresh = found.filter((pid) => !hunt.held.has(pid));
  if (fresh.length > 0 && hunt.looks <= HOLDS_MOST) for (const pid of fresh) signal(hunt, pid, "SIGSTOP");
  else for (const pid of found) signal(hunt, pid, "SIGKILL");
  return false;
}

function foundBy(hunt: Hunt, seen: readonly SeenProcess[]): readonly number[] {
  const ours = seen.filter(({ marks }) => marks !== undefined && sameMarks(marks, hunt.marks));
  for (const { session } of ours) if (isTheirs(session, ours, seen)) hunt.sessions.add(session);
  return seen
    .filter((one) => ours.includes(one) || hunt.sessions.has(one.session))
    .map(({ pid }) => pid)
    .filter((pid) => !hunt.beyondUs.has(pid));
}

/**
 * A session is the machine's when who began it is the machine's, or is gone. Somebody who tries a task in a shell
 * of their own, with its marks, keeps the shell.
 */
function isTheirs(session: number, ours: readonly SeenProcess[], seen: readonly SeenProcess[]): boolean {
  if (session === 0 || session === ownSession()) return false;
  return ours.some(({ pid }) => pid === session) || !seen.some(({ pid }) => pid === session);
}

function signal(hunt: Hunt, pid: number, name: "SIGSTOP" | "SIGKILL"): void {
  hunt.held.add(pid);
  try {
    process.kill(pid, name);
  } catch (cause) {
    // ESRCH: it has ended meanwhile. EPERM: it runs as somebody else, and nothing can be done about it here.
    if (cause instanceof Error && "code" in cause && cause.code === "EPERM") hunt.beyondUs.add(pid);
  }
}

const cannotEnd = ({ marks }: Hunt, found: readonly number[]): string =>
  `${marks.machine}: ${found.length === 1 ? "process" : "processes"} ${found.join(", ")} cannot be ended yet; its tasks wait until they are gone`;
