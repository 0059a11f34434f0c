import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { growingStream, type GrowingStream } from "./growing-stream.js";

const CAP = 20;

let folder = "";
let file = "";
let stream: GrowingStream;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-follow-"));
  file = join(folder, "1.1.stdout");
  stream = growingStream(file, CAP);
});
afterEach(() => {
  stream.close();
  rmSync(folder, { recursive: true, force: true });
});

const more = (): string => Buffer.concat([...stream.more()]).toString();

/** What an agent leaves of such a stream. */
function cut(printed: string): void {
  const half = CAP / 2;
  const left = `[stint: ${String(printed.length - CAP)} bytes left out]\n`;
  const head = printed.slice(0, half);
  writeFileSync(file, `${head}${head.endsWith("\n") ? "" : "\n"}${left}${printed.slice(-half)}`);
}

describe("a stream that grows", () => {
  test("is read on from where it was read to, and what is there before it is opened is not missed", () => {
    expect([more(), stream.isOpen()]).toEqual(["", false]);
    writeFileSync(file, "one\n");
    expect(more()).toBe("one\n");
    appendFileSync(file, "two");
    expect([more(), more()]).toEqual(["two", ""]);
  });

  test("is read to its end when its file has been packed meanwhile", () => {
    writeFileSync(file, "one\n");
    expect(more()).toBe("one\n");
    appendFileSync(file, "two\n");
    unlinkSync(file);
    expect([more(), stream.isOpen()]).toEqual(["two\n", true]);
  });

  test("begins anew where its task has cut it off", () => {
    writeFileSync(file, "first words\n");
    expect(more()).toBe("first words\n");
    truncateSync(file, 0);
    appendFileSync(file, "anew\n");
    expect(more()).toBe("anew\n");
  });

  test("in the place of which a task has put a link leads nowhere", () => {
    writeFileSync(join(folder, "secret"), "secret\n");
    symlinkSync(join(folder, "secret"), file);
    expect([more(), stream.isOpen()]).toEqual(["", false]);
  });

  test("that grew too fast loses what may be gone already, and says how much", () => {
    writeFileSync(file, "0123456789abcdefghijklmnopqrstuvwxyz");
    expect(more()).toBe("0123456789\n[stint: 16 bytes left out]\nqrstuvwxyz");
    appendFileSync(file, "!");
    expect(more()).toBe("!");
  });
});

test("a stream that was followed to its end and then cut down is not printed again", () => {
  const printed = "0123456789abcdefghijklmnopqrstuvwxyz";
  writeFileSync(file, printed.slice(0, 15));
  expect(more()).toBe("0123456789abcde");
  appendFileSync(file, printed.slice(15, 24));
  expect(more()).toBe("fghijklmn");
  appendFileSync(file, printed.slice(24));
  cut(printed);
  expect([more(), more()]).toEqual(["\n[stint: 2 bytes left out]\nqrstuvwxyz", ""]);
});

test("however it is looked at while it grows, every byte is printed once or counted as left out", () => {
  const lengths = fc.array(fc.nat(30), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(lengths, fc.boolean(), (grown, isCut) => {
      writeFileSync(file, "");
      const followed = growingStream(file, CAP);
      let all = "";
      let seen = "";
      for (const [look, length] of grown.entries()) {
        const next = Array.from({ length }, (_, index) =>
          String.fromCharCode(97 + ((look + index) % 26)),
        ).join("");
        all += next;
        appendFileSync(file, next);
        // The last look is after the end.
        if (look < grown.length - 1) seen += Buffer.concat([...followed.more()]).toString();
      }
      if (isCut && all.length > CAP) cut(all);
      seen += Buffer.concat([...followed.more()]).toString();
      expect(Buffer.concat([...followed.more()]).toString()).toBe("");
      followed.close();
      const leftOut = [...seen.matchAll(/\n\[stint: (\d+) bytes left out\]\n/gu)];
      const missing = leftOut.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
      const kept = seen.replaceAll(/\n\[stint: \d+ bytes left out\]\n/gu, "");
      expect(kept.length + missing).toBe(all.length);
      if (missing === 0) expect(kept).toBe(all);
      expect(all.endsWith(kept.slice(-Math.min(kept.length, CAP / 2)))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
