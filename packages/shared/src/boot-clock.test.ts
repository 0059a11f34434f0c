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

  test("agrees with those of other processes to a tenth of a tick, where neither was held up", async () => {
    const apart: number[] = [];
    while (apart.length < 3) {
      vi.resetModules();
      const ours = lookAt((await import("./boot-clock.js")).bootClock);
      const theirs = lookElsewhere();
      if (Math.max(ours.tookUs, theirs.tookUs) > HELD_UP_US) continue;
      apart.push(Math.abs(ours.behindUs - theirs.behindUs));
    }
    expect(Math.max(...apart)).toBeLessThan(1_000);
  }, 120_000);
});

/** A clock that took longer to make may have been held up whenever it looked. */
const HELD_UP_US = 50_000;

interface Look {
  readonly tookUs: number;
  /** The monotonic time less the clock's; of several, that between whose two readings the least time went by. */
  readonly behindUs: number;
}

/** Stands alone, as another process is given its words. */
function lookAt(make: () => { readonly nowUs: () => number }): Look {
  const monotonicUs = (): number => Number(process.hrtime.bigint() / 1000n);
  const began = monotonicUs();
  const { nowUs } = make();
  const tookUs = monotonicUs() - began;
  return { tookUs, behindUs: Math.max(...Array.from({ length: 10 }, () => monotonicUs() - nowUs())) };
}

function lookElsewhere(): Look {
  const script = `import { bootClock } from ${JSON.stringify(new URL("./boot-clock.ts", import.meta.url).href)};
    const __name = (one) => one;
    process.stdout.write(JSON.stringify((${lookAt.toString()})(bootClock)));`;
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Look;
}
