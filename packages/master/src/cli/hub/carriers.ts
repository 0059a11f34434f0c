/**
 * The processes of a master's runs: each is started, found again, and started again when it was killed. One that ends in
 * trouble again and again, or cannot be begun, is left alone until somebody says to go on or cancels it; until then its
 * budget stays reserved. Whatever becomes of one, the others and this master go on.
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
import { lastLine, notInTrouble } from "./last-line.js";
import { isGone, orderFiles } from "./order.js";

export interface Carriers {
  /** @param words for `stint carry-out` behind the folder */
  start(run: string, words: readonly string[]): void;
  /** Goes on with what went on under an earlier master. */
  takeBack(run: string): void;
  isInTrouble(run: string): boolean;
  isAttended(run: string): boolean;
  /** One in trouble, that nobody goes on with: what it has not spent is free. Refused where that is not known. */
  giveUp(run: string): Promise<void>;
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
  const { ledger, folderOf, changed, log } = options;
  const attended = new Set<string>();
  const inTrouble = new Set<string>();
  const refused = new Map<string, Trouble>();
  const left = new AbortController();
  const carry = async (run: string, start: readonly string[] | undefined): Promise<void> => {
    attended.add(run);
    inTrouble.delete(run);
    try {
      const words = start ?? (isHeld(folderOf(run)) ? undefined : AGAIN);
      const outcome = await untilOver(run, words, { ...options, leave: left.signal });
      if (outcome?.kind === "died") inTrouble.add(run);
      if (outcome?.kind === "refused") refused.set(run, outcome.trouble);
    } catch (cause) {
      log.warn({ run, err: cause }, "a run cannot be carried out");
      inTrouble.add(run);
    }
    attended.delete(run);
    changed(run);
  };
  const begin = (run: string, start?: readonly string[]): void =>
    void carry(run, start).catch((cause: unknown) =>
      log.error({ run, err: cause }, "a change of a run could not be told"),
    );
  return {
    start: begin,
    takeBack: (run) => begin(run),
    isInTrouble: (run) => inTrouble.has(run),
    isAttended: (run) => attended.has(run),
    async settled(run) {
      const end = Date.now() + SETTLED_MOST_MS;
      const isOpen = (): boolean => findSocket(folderOf(run)) !== undefined && isHeld(folderOf(run));
      while (attended.has(run) && !isOpen() && Date.now() < end) await later(LOOK_EVERY_MS);
      return refused.get(run);
    },
    async giveUp(run) {
      const line = await lastLine(folderOf(run), ledger.entry(run));
      // Somebody may have gone on with it meanwhile.
      if (!inTrouble.has(run) || isHeld(folderOf(run))) throw notInTrouble(run);
      ledger.ended(run, line);
      inTrouble.delete(run);
      changed(run);
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
    const lastHeard = ledger.entry(run)?.line;
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
    if (isGone(folder)) {
      if (ledger.entry(run)?.line !== lastHeard) ledger.lost(run);
      return left;
    }
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
