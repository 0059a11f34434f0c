import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TroubleError } from "@stint/shared/failures.js";
import type { MachineId } from "@stint/shared/ids.js";
import { instant } from "@stint/shared/units.js";
import type { Frame } from "../planner/records.js";
import { encodeFrame, encodeHeader, HEADER_BYTES } from "./journal-format.js";
import { openJournal, type JournalTrouble } from "./journal.js";
import { parsePayload, readJournal, readPayloads, replayJournal, type JournalEnd } from "./read-journal.js";

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

const bytesOf = (frames: readonly Frame[]): Buffer =>
  Buffer.concat([encodeHeader(), ...frames.map((frame, index) => encodeFrame(frame, index))]);

/** What a reader makes of these bytes; undefined when it refuses. */
function reading(bytes: Buffer): { frames: Frame[]; end: JournalEnd } | undefined {
  writeFileSync(path, bytes);
  const frames: Frame[] = [];
  try {
    return { frames, end: replayJournal(path, (frame) => frames.push(frame)) };
  } catch (error) {
    expect(error).toBeInstanceOf(TroubleError);
    return undefined;
  }
}

const troubleOf = (bytes: Buffer): TroubleError["trouble"] => {
  writeFileSync(path, bytes);
  try {
    replayJournal(path, () => undefined);
  } catch (error) {
    if (error instanceof TroubleError) return error.trouble;
    throw error;
  }
  throw new Error("the journal was read");
};

const noTrouble = (trouble: JournalTrouble): never => {
  throw trouble.cause;
};
describe("a torn end", () => {
  const frames = [passed(1), gone(2, "killed by signal 9"), gone(3, "größer \u{1f4b0}"), passed(4)];

  test("wherever the file was cut off, the whole frames before it are read and no other", () => {
    const bytes = bytesOf(frames);
    for (let length = 0; length < bytes.length; length += 1) {
      const found = reading(bytes.subarray(0, length));
      expect(found?.frames, String(length)).toEqual(frames.slice(0, found?.end.frames));
      expect((found?.end.bytes ?? 0) + (found?.end.torn ?? 0)).toBe(length);
    }
  });

  test("wherever the file was cut off, what is appended then is read behind the whole frames", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFrame), fc.nat(), anyFrame, async (before, cut, next) => {
        const bytes = bytesOf(before);
        const found = reading(bytes.subarray(0, cut % bytes.length));
        const journal = openJournal(path, found!.end, noTrouble);
        journal.append(next, () => undefined);
        await journal.close();
        expect([...readJournal(path)]).toEqual([...found!.frames, next]);
      }),
      { numRuns: 50 },
    );
  });

  test("a file that grew by pages that were never written is torn there", () => {
    const found = reading(Buffer.concat([bytesOf(frames), Buffer.alloc(9000)]));
    expect(found).toEqual({ frames, end: { frames: 4, bytes: bytesOf(frames).length, torn: 9000 } });
  });

  test("a journal that grows is read on from where it was read to, each frame once, torn or not", () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), fc.nat(), fc.nat(), (frames, first, second) => {
        const bytes = bytesOf(frames);
        const lengths = [first, second].map((one) => one % (bytes.length + 1)).sort((a, b) => a - b);
        const found: Frame[] = [];
        let end: JournalEnd | undefined;
        for (const length of [...lengths, bytes.length]) {
          writeFileSync(path, bytes.subarray(0, length));
          const payloads = readPayloads(path, end);
          let next = payloads.next();
          for (; next.done !== true; next = payloads.next()) found.push(parsePayload(next.value));
          end = next.value;
        }
        expect(found).toEqual(frames);
        expect(end).toEqual({ frames: frames.length, bytes: bytes.length, torn: 0 });
      }),
    );
  });

  test("a piece of the journal that stands twice at the end is applied once", () => {
    const bytes = bytesOf(frames);
    const last = encodeFrame(frames[3]!, 3);
    expect(reading(Buffer.concat([bytes, last]))?.frames).toEqual(frames);
    expect(reading(Buffer.concat([bytes, bytes.subarray(HEADER_BYTES)]))?.frames).toEqual(frames);
  });

  test("a reader does not shorten the file", () => {
    const bytes = bytesOf(frames).subarray(0, -3);
    reading(bytes);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

describe("damage", () => {
  const frames = [passed(1), gone(2, "released"), passed(3)];

  test("of any single bit is refused, or drops the last frame; a wrong frame is never read", () => {
    const bytes = bytesOf(frames);
    const lastAt = bytes.length - encodeFrame(frames[2]!, 2).length;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
      const found = reading(flipped);
      if (bit >> 3 < lastAt) expect(found, `byte ${String(bit >> 3)}`).toBeUndefined();
      else expect(found?.frames).toEqual(frames.slice(0, 2));
    }
  });

  test("of any bytes never makes a frame that was not written", () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { minLength: 1 }),
        fc.nat(),
        fc.uint8Array({ minLength: 1 }),
        (some, at, noise) => {
          const bytes = bytesOf(some);
          bytes.set(noise.subarray(0, bytes.length - (at % bytes.length)), at % bytes.length);
          const found = reading(bytes);
          if (found !== undefined) expect(found.frames).toEqual(some.slice(0, found.frames.length));
        },
      ),
    );
  });

  test("before sound frames is named with its offset", () => {
    const bytes = bytesOf(frames);
    bytes[HEADER_BYTES + 20]! ^= 1;
    expect(troubleOf(bytes)).toMatchObject({
      kind: "state-unusable",
      code: "journal-damaged",
      where: `${path}, byte ${String(HEADER_BYTES)}`,
    });
  });

  test("a frame that is missing, or stands twice before others, is refused", () => {
    const three = frames.map((frame, index) => encodeFrame(frame, index));
    const [first, second, third] = three as [Buffer, Buffer, Buffer];
    expect(troubleOf(Buffer.concat([encodeHeader(), first, third])).code).toBe("journal-damaged");
    expect(troubleOf(Buffer.concat([encodeHeader(), first, first, second])).code).toBe("journal-damaged");
  });

  test("a large hole between sound frames is refused", () => {
    const many = Array.from({ length: 3000 }, (_, at) => passed(at));
    const bytes = bytesOf(many);
    bytes.fill(0, 1000, 200_000);
    expect(troubleOf(bytes).code).toBe("journal-damaged");
  });

  test("a journal of another format and a file that is none are refused by name", () => {
    expect(troubleOf(encodeHeader(2))).toMatchObject({
      code: "journal-version",
      found: "a journal of format 2",
    });
    expect(troubleOf(Buffer.from("#!/bin/sh\necho this is no journal\n")).code).toBe("not-a-journal");
    expect(troubleOf(Buffer.from("short")).code).toBe("not-a-journal");
  });
});
