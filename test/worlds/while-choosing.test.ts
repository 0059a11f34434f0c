/** While offers wait for a choice: what nobody has chosen is not bought. */
import { expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import { after, microUsd, microUsdPerHour, minutes, seconds } from "@stint/shared/units.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";

const cluster = (name: string, price: number, speed: number, atu: number): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 2,
  slots: 1,
  tariff: { price: microUsdPerHour(price), atu: seconds(atu), minimum: seconds(0), grace: seconds(0) },
  bootLimit: minutes(15),
  bootExpected: seconds(0),
  speed,
});

/** The fast cluster costs six times as much and is two and a half times as fast. */
const fastAndSlow = (atu: number): ImaginedWorld =>
  createWorld({
    settings: {
      name: "left-alone",
      clusters: [cluster("fast", 720_000, 1, atu), cluster("slow", 120_000, 0.4, atu)],
      budget: microUsd(1_000_000),
      seed: 1,
      review: minutes(5),
      wait: minutes(180),
      strict: false,
      yes: false,
      without: [],
    },
    clusters: [1, 0.4].map((speed) => ({
      speed,
      boot: { kind: "constant", value: 1 },
      noise: 0.05,
      failures: 0,
      lossPerHour: 0,
      delivers: 1,
    })),
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 10, deviation: 2 }, tasks: 400 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
    audience: { seen: () => undefined },
  });

test.each([
  ["a second", 1],
  ["a minute", 60],
])(
  "machines that the cheapest offer does not use stop before they make it dearer than its P90, paid by %s",
  (_unit, atu) => {
    const world = fastAndSlow(atu);
    world.proceed();
    const { offer, phase, attempts, money } = world.run();
    const [cheapest] = offer.offers?.offers ?? [];
    expect([offer.accepted, phase, attempts.count.done]).toEqual([undefined, "ended", 400]);
    expect(cheapest?.configuration).toEqual([0, 2]);
    // Each of the others may end what it runs.
    expect(money.billed).toBeLessThan((cheapest?.cost.p90 ?? 0) + 2 * 12 * 200);
  },
);

test("a pick long after the offers is forecast anew at once: machines have worked on", () => {
  const world = fastAndSlow(1);
  while (world.run().offer.shownAt === undefined) world.passUntil(after(world.now(), seconds(5)));
  world.passUntil(after(world.now(), minutes(3)));
  world.tell((at) => ({ kind: "offer-picked", at, pick: "cheapest", by: "person" }));
  world.passUntil(after(world.now(), seconds(2)));
  const { accepted, inForce } = world.run().offer;
  expect(accepted?.name).toBe("cheapest");
  expect(inForce?.time.p50).toBeLessThan((accepted?.time.p50 ?? 0) - minutes(2));
});
