import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bootClock } from "./boot-clock.js";

describe("the boot clock", () => {
  test("never goes back", () => {
    const { nowUs } = bootClock();
    let last = nowUs();
    for (let look = 0; look < 10_000; look += 1) {
      const now = nowUs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  test("agrees with that of another process to a fraction of a tick", () => {
    const { nowUs } = bootClock();
    const script = `import { bootClock } from ${JSON.stringify(new URL("./boot-clock.ts", import.meta.url).href)}; const c = bootClock(); process.stdout.write(String(Number(process.hrtime.bigint() / 1000n) - c.nowUs()));`;
    const theirs = Number(
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        encoding: "utf8",
      }),
    );
    const ours = Number(process.hrtime.bigint() / 1000n) - nowUs();
    expect(Math.abs(theirs - ours)).toBeLessThan(5_000);
  });
});
