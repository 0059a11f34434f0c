/**
 * The processes of a master's runs: each is started, found again, and started again when it was killed. One that ends in
 * trouble again and again is left alone until somebody says to go on; its budget stays reserved.
 */
import { rmSync } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import type { Trouble } from "@stint/shared/failures.js";
import type { Log } from "../../console/web/log.js";
import type { RunFolder } from "../../store/run-folder.js";
import { findSocket } from "../control/socket-place.js";
import { isHeld } from "../known-run.js";
import { attend, type Left, type Program } from "./attend.js";
import type { Ledger } from "./ledger.js";
import { lineOfEnded } from "./lines.js";
import { orderFiles } from "./order.js";

export interface Carriers {
  /** @param words for `stint carry-out` behind the folder */
  start(run: string, words: readonly string[]): void;
  /** Goes on with what went on under an earlier master. */
  takeBack(run: string): void;
  isInTrouble(run: string): boolean;
  isAttended(run: string): boolean;
  /** Resolves when it can be spoken to, has been refused or is over; after some seconds in any case. */
  settled(run: string): Promise<Trouble | undefined>;
  close(): void;
}

export interface CarriersOptions {
  readonly ledger: Ledger;
  readonly folderOf: (run: string) => RunFolder;
  readonly program: Program;
  readonly changed: (run: string) => void;
  readonly log: Log;
}

const DEATHS_MOST = 5;
/** Whoever lived that long did not die of how it was begun. */
const LIVED_MS = 60_000;
const AGAIN_AFTER_MS = 500;
const SETTLED_MOST_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** What was killed is gone on with, but not what has ended without this master hearing of it. */
const AGAIN = ["--unless-ended"] as const;

export function carriers(options: CarriersOptions): Carriers {
  const { folderOf, changed } = options;
  const attended = new Set<string>();
  const inTrouble = new Set<string>();
  const refused = new Map<string, Trouble>();
  const left = new AbortController();
  const carry = async (run: string, start: readonly string[] | undefined): Promise<void> => {
    attended.add(run);
    inTrouble.delete(run);
    const outcome = await untilOver(run, start, { ...options, leave: left.signal });
    attended.delete(run);
    if (outcome?.kind === "died") inTrouble.add(run);
    if (outcome?.kind === "refused") refused.set(run, outcome.trouble);
    changed(run);
  };
  return {
    start: (run, words) => void carry(run, words),
    takeBack: (run) => void carry(run, isHeld(folderOf(run)) ? undefined : AGAIN),
    isInTrouble: (run) => inTrouble.has(run),
    isAttended: (run) => attended.has(run),
    async settled(run) {
      const end = Date.now() + SETTLED_MOST_MS;
      const isOpen = (): boolean => findSocket(folderOf(run)) !== undefined && isHeld(folderOf(run));
      while (attended.has(run) && !isOpen() && Date.now() < end) await later(LOOK_EVERY_MS);
      return refused.get(run);
    },
    close: () => left.abort(),
  };
}

type Carried = CarriersOptions & { readonly leave: AbortSignal };

/** Undefined when this master goes first. */
async function untilOver(
  run: string,
  start: readonly string[] | undefined,
  carried: Carried,
): Promise<Left | undefined> {
  const { ledger, folderOf, program, changed, log, leave } = carried;
  const folder = folderOf(run);
  const heard = (line: Parameters<Ledger["heard"]>[1]): void => {
    ledger.heard(run, line);
    changed(run);
  };
  let words = start;
  for (let deaths = 1; ; deaths += 1) {
    const began = Date.now();
    const left = await attend({
      folder,
      program,
      heard,
      leave,
      ...(words !== undefined && { start: words }),
    });
    if (left?.kind === "ended") ledger.ended(run, lineOfEnded(left.summary));
    if (left?.kind === "refused") forget(run, folder, ledger);
    if (left?.kind !== "died") return left;
    log.warn({ run, how: left.how, log: orderFiles(folder).log }, "the process of a run is gone");
    if (Date.now() - began > LIVED_MS) deaths = 1;
    if (deaths >= DEATHS_MOST) return left;
    await later(AGAIN_AFTER_MS * 2 ** deaths, undefined, { signal: leave }).catch(() => undefined);
    if (leave.aborted) return undefined;
    words = isHeld(folder) ? undefined : AGAIN;
  }
}

/** Nothing was begun: nothing of it stays. */
function forget(run: string, folder: RunFolder, ledger: Ledger): void {
  ledger.remove(run);
  rmSync(folder.path, { recursive: true, force: true });
}
