import { execFileSync } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
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

  test("agrees with those of other processes to a tenth of a tick, but where one was held up", async () => {
    const apart: number[] = [];
    for (let look = 0; look < 5; look += 1) {
      vi.resetModules();
      const { nowUs } = (await import("./boot-clock.js")).bootClock();
      apart.push(Math.abs(aheadElsewhere() - (monotonicUs() - nowUs())));
    }
    expect(apart.sort((one, other) => one - other)[2]).toBeLessThan(1_000);
  });
});

const monotonicUs = (): number => Number(process.hrtime.bigint() / 1000n);

function aheadElsewhere(): number {
  const script = `import { bootClock } from ${JSON.stringify(new URL("./boot-clock.ts", import.meta.url).href)};
    const { nowUs } = bootClock();
    process.stdout.write(String(Number(process.hrtime.bigint() / 1000n) - nowUs()));`;
  return Number(
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
    }),
  );
}
