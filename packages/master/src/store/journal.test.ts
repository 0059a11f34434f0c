import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TroubleError } from "@stint/shared/failures.js";
import type { MachineId } from "@stint/shared/ids.js";
import { instant } from "@stint/shared/units.js";
import type { Frame } from "../planner/records.js";
import { createJournal, openJournal, type JournalTrouble, type OpenJournal } from "./journal.js";
import { readJournal, replayJournal } from "./read-journal.js";

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-journal-"));
  path = join(folder, "journal");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const passed = (at: number): Frame => ({ event: { kind: "time-passed", at: instant(at) }, decisions: [] });
const gone = (at: number, cause: string): Frame => ({
  event: { kind: "machine-gone", at: instant(at), machine: "small-1" as MachineId, cause },
  decisions: [{ kind: "begin-tail", because: { kind: "none-waiting", cause } }],
});

const anyFrame = fc.oneof(
  fc.nat().map(passed),
  fc.tuple(fc.nat(), fc.string({ unit: "binary", maxLength: 40 })).map(([at, cause]) => gone(at, cause)),
);

const noTrouble = (trouble: JournalTrouble): never => {
  throw trouble.cause;
};
const appendAll = (journal: OpenJournal, frames: readonly Frame[], log: Frame[] = []): void => {
  for (const frame of frames) journal.append(frame, () => log.push(frame));
};

describe("what was written is read", () => {
  test("whatever the frames are, in order, across several openings", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyFrame, { maxLength: 8 }), { maxLength: 4 }), async (openings) => {
        rmSync(path, { force: true });
        let end = createJournal(path);
        for (const frames of openings) {
          const journal = openJournal(path, end, noTrouble);
          appendAll(journal, frames);
          await journal.close();
          end = replayJournal(path, () => undefined);
        }
        expect([...readJournal(path)]).toEqual(openings.flat());
        expect(end).toEqual({ frames: openings.flat().length, bytes: statSync(path).size, torn: 0 });
      }),
      { numRuns: 30 },
    );
  });

  test("frames are acknowledged in order, also those appended by an acknowledgement", async () => {
    const journal = openJournal(path, createJournal(path), noTrouble);
    const log: number[] = [];
    for (let at = 0; at < 50; at += 1) {
      journal.append(passed(at), () => {
        log.push(at);
        journal.append(passed(at + 100), () => log.push(at + 100));
      });
    }
    expect(log).toEqual([]);
    expect(await journal.settled()).toBe(true);
    expect(log).toEqual(
      Array.from({ length: 50 }, (_, at) => at).concat(Array.from({ length: 50 }, (_, at) => at + 100)),
    );
    expect([...readJournal(path)]).toHaveLength(100);
    await journal.close();
  });

  test("a frame is in the file when it is acknowledged", async () => {
    const journal = openJournal(path, createJournal(path), noTrouble);
    await new Promise<void>((resolve) =>
      journal.append(passed(7), () => {
        expect([...readJournal(path)]).toEqual([passed(7)]);
        resolve();
      }),
    );
    await journal.close();
  });
});

describe("a disk that takes no more", () => {
  test("acknowledges nothing and says so, once", async () => {
    const troubles: JournalTrouble[] = [];
    const log: Frame[] = [];
    const journal = openJournal("/dev/full", { frames: 0, bytes: 16, torn: 0 }, (trouble) =>
      troubles.push(trouble),
    );
    appendAll(journal, [passed(1), passed(2)], log);
    expect(await journal.settled()).toBe(false);
    appendAll(journal, [passed(3)], log);
    await journal.close();
    expect(log).toEqual([]);
    expect(troubles).toMatchObject([{ step: "write", cause: { code: "ENOSPC" }, waiting: 2 }]);
  });

  // A real full disk for this process alone: no file may grow beyond a size, and a write stops in its middle.
  const limitFiles = (bytes: number | "unlimited"): boolean =>
    spawnSync("prlimit", [`--pid=${String(process.pid)}`, `--fsize=${String(bytes)}:`]).status === 0;

  test.skipIf(!limitFiles("unlimited"))(
    "is cut back, and goes on where it was when there is room again",
    async () => {
      const survive = (): void => undefined;
      process.on("SIGXFSZ", survive);
      const troubles: JournalTrouble[] = [];
      const frames = Array.from({ length: 200 }, (_, at) => gone(at, "x".repeat(100)));
      const log: Frame[] = [];
      const journal = openJournal(path, createJournal(path), (trouble) => troubles.push(trouble));
      try {
        appendAll(journal, frames.slice(0, 10), log);
        await journal.settled();
        const durable = statSync(path).size;
        limitFiles(durable + 1000);
        appendAll(journal, frames.slice(10, 100), log);
        expect(await journal.settled()).toBe(false);
        expect(log).toEqual(frames.slice(0, 10));
        expect(troubles).toMatchObject([{ step: "write", cause: { code: "EFBIG" }, waiting: 90 }]);
        expect(statSync(path).size).toBe(durable);
        journal.retry();
        expect(await journal.settled()).toBe(false);
        expect(troubles).toHaveLength(2);
      } finally {
        limitFiles("unlimited");
        process.off("SIGXFSZ", survive);
      }
      appendAll(journal, frames.slice(100), log);
      journal.retry();
      expect(await journal.settled()).toBe(true);
      expect(log).toEqual(frames);
      expect([...readJournal(path)]).toEqual(frames);
      await journal.close();
    },
  );

  test("a folder that cannot be written is trouble that names the file", () => {
    const found = ((): unknown => {
      try {
        return createJournal(join(folder, "absent", "journal"));
      } catch (error) {
        return error;
      }
    })();
    expect(found).toMatchObject({
      trouble: { kind: "state-unusable", where: join(folder, "absent", "journal") },
    });
    expect(() => openJournal(path, { frames: 0, bytes: 0, torn: 0 }, noTrouble)).toThrow(TroubleError);
  });
});

test("a journal that is written while it is read ends for the reader where it ended at first", async () => {
  const journal = openJournal(path, createJournal(path), noTrouble);
  appendAll(journal, [passed(1), passed(2)]);
  await journal.settled();
  const frames = readJournal(path);
  expect(frames.next().value).toEqual(passed(1));
  appendAll(journal, [passed(3)]);
  await journal.close();
  expect([...frames]).toEqual([passed(2)]);
});
