/**
 * Whoever follows a run's document, through its socket or in this process: told at once when something happened, then at
 * most so often, and now and then for the clock. A document is made once for all, and for nobody it is not made.
 */
import type { Socket } from "node:net";
import type { Unwatch } from "../../console/web/runs-port.js";
import { runLine } from "../../console/model/live-view.js";
import { atMostEvery } from "../../console/terminal/at-most.js";
import type { Summary } from "../../planner/report/summary.js";
import type { LookedAt } from "../looks/looked-at.js";
import { toldLine } from "./control-words.js";

/** The whole view, or its line in a list of runs. */
export type Followed = "view" | "line";

/** One who follows; told in words, so that they are made once. */
interface Follower {
  readonly tell: (document: unknown, line: () => string) => void;
  readonly over: (summary: Summary) => void;
}

export interface Followers {
  add(socket: Socket, as: Followed): void;
  readonly listen: (as: Followed, tell: (document: unknown) => void, over: () => void) => Unwatch;
  seen(): void;
  close(summary: Summary): void;
}

const EVERY_MS = { view: 250, line: 1_000 } as const;
const CLOCK_EVERY_MS = 1_000;
/** Bytes that wait for a slow reader before it is left out. */
const UNREAD_MOST = 1024 * 1024;

export function followers({ view }: Pick<LookedAt, "view">): Followers {
  const groups = { view: groupOf("view", view), line: groupOf("line", () => runLine(view())) };
  const both = [groups.view, groups.line];
  const clock = setInterval(() => both.forEach(({ ask }) => ask()), CLOCK_EVERY_MS).unref();
  return {
    add(socket, as) {
      socket.on("close", groups[as].add(throughSocket(socket)));
    },
    listen: (as, tell, over) => groups[as].add({ tell, over }),
    seen: () => both.forEach(({ ask }) => ask()),
    close(summary) {
      clearInterval(clock);
      for (const group of both) group.close(summary);
    },
  };
}

const throughSocket = (socket: Socket): Follower => ({
  tell(_, line) {
    if (socket.writableLength < UNREAD_MOST) socket.write(line());
  },
  over: (summary) => socket.end(toldLine({ kind: "over", summary })),
});

interface Group {
  readonly add: (follower: Follower) => Unwatch;
  readonly ask: () => void;
  readonly close: (summary: Summary) => void;
}

function groupOf(as: Followed, make: () => unknown): Group {
  const all = new Set<Follower>();
  const tell = (some: Iterable<Follower>): void => {
    const document = make();
    let made: string | undefined;
    const line = (): string => (made ??= toldLine({ kind: "document", document }));
    for (const follower of some) follower.tell(document, line);
  };
  const drawing = atMostEvery(EVERY_MS[as], () => {
    if (all.size > 0) tell(all);
  });
  return {
    add(follower) {
      all.add(follower);
      tell([follower]);
      return () => void all.delete(follower);
    },
    ask() {
      if (all.size > 0) drawing.ask();
    },
    close(summary) {
      drawing.stop();
      if (all.size > 0) tell(all);
      for (const { over } of all) over(summary);
      all.clear();
    },
  };
}
