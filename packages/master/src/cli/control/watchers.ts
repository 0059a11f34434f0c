/**
 * Everyone who watches a run through its socket: told at once when something happened, then at most four times a
 * second, and each second for the clock. Whoever reads too slowly misses views, and the run waits for nobody.
 */
import type { Socket } from "node:net";
import type { Cluster } from "@stint/shared/cluster.js";
import { announcements } from "../../console/terminal/announce.js";
import { atMostEvery } from "../../console/terminal/at-most.js";
import { timed } from "../../console/terminal/plain-line.js";
import { printable } from "../../console/terminal/printable.js";
import { headline } from "../../planner/headline.js";
import type { Frame } from "../../planner/records.js";
import type { Summary } from "../../planner/report/summary.js";
import type { RunView } from "../../planner/view.js";
import { toldLine, type Told } from "./control-words.js";

export interface Watchers {
  add(socket: Socket): void;
  seen(frame: Frame, clusters: readonly Cluster[]): void;
  close(summary: Summary): void;
}

const TOLD_AFTER_MS = 250;
const CLOCK_EVERY_MS = 1_000;
/** Bytes that wait for a slow reader before it is left out. */
const UNREAD_MOST = 1024 * 1024;

export function watchers(view: () => RunView): Watchers {
  const sockets = new Set<Socket>();
  const tellAll = (words: () => Told): void => {
    if (sockets.size === 0) return;
    const line = toldLine(words());
    for (const socket of sockets) if (socket.writableLength < UNREAD_MOST) socket.write(line);
  };
  const drawing = atMostEvery(TOLD_AFTER_MS, () => tellAll(() => ({ kind: "view", view: view() })));
  const clock = setInterval(drawing.ask, CLOCK_EVERY_MS).unref();
  return {
    add(socket) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.write(toldLine({ kind: "view", view: view() }));
    },
    seen(frame, clusters) {
      if (sockets.size === 0) return;
      const texts = announcements(frame, clusters, headline);
      if (texts.length > 0) {
        const seen = view();
        const lines = texts.map((text) =>
          timed({ at: frame.event.at, beganAt: seen.beganAt }, printable(text)),
        );
        tellAll(() => ({ kind: "said", lines }));
      }
      drawing.ask();
    },
    close(summary) {
      clearInterval(clock);
      drawing.stop();
      tellAll(() => ({ kind: "view", view: view() }));
      tellAll(() => ({ kind: "over", summary }));
      for (const socket of sockets) socket.end();
    },
  };
}
