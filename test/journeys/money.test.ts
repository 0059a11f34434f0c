/** Money that is not enough, money that is missing, and two masters on one run. */
import { appendFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { micro, newPlace, processesOf, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const paid = (price: string): string =>
  `clusters:\n  here: { provider: local, max: 2, slots: 1, price: ${price}, atu: 1s }\n`;

describe("money for about half of a bag", () => {
  test("ends with 6 and the figures; with more money the rest runs and nothing twice", async () => {
    const ran = `${place.path}/ran`;
    appendFileSync(ran, "");
    place.write(
      "bag.txt",
      Array.from({ length: 200 }, (_, n) => `sleep 0.7; echo ${n} >> ${ran}`).join("\n"),
    );
    place.write("stint.yaml", paid("3.6 usd/h"));
    // A machine costs 0.001 usd a second, and is had for a minute at least; the whole bag would be some 0.14 usd.
    const first = await place.stint(
      "run",
      "bag.txt",
      "--budget",
      "0.07usd",
      "--when-short",
      "spend",
      "--yes",
      "--json",
    );
    expect(first.code, first.stderr).toBe(6);
    const half = place.run().summary();
    expect(half.state).toBe("budget-too-low");
    expect(micro(half.spent_usd)).toBeLessThanOrEqual(70_000);
    expect(half.tasks.done).toBeGreaterThan(70);
    expect(half.tasks.done).toBeLessThan(110);
    expect(half.tasks.done + half.tasks.left).toBe(200);
    expect(first.stderr).toMatch(/stint budget add \S+usd .* &&\s+stint resume/u);
    expect(processesOf(place.run())).toEqual([]);

    const added = await place.stint("budget", "add", "0.2usd");
    expect(added.code, added.stderr).toBe(0);
    const second = await place.stint("resume", "--json");
    expect(second.code, second.stderr).toBe(0);
    const whole = place.run().summary();
    expect(whole.tasks.done).toBe(200);
    expect(micro(whole.spent_usd)).toBeLessThanOrEqual(270_000);
    const done = place
      .run()
      .joblog()
      .filter((row) => row["Outcome"] === "done");
    expect(new Set(done.map((row) => row["Seq"])).size).toBe(200);
    expect(done.length).toBe(200);
    const lines = place.read("ran").trim().split("\n");
    // A task that was cut off when the money ended may have begun twice, but a finished one never.
    expect(new Set(lines).size).toBe(200);
    expect(lines.length).toBe(200);
  }, 180_000);

  test("without --when-short the offer says what the money buys, and nothing but the sample was paid", async () => {
    place.write("bag.txt", Array.from({ length: 200 }, (_, n) => `sleep 0.4 # ${n}`).join("\n"));
    place.write("stint.yaml", paid("3.6 usd/h"));
    const ended = await place.stint("run", "bag.txt", "--budget", "0.07usd", "--yes");
    expect(ended.code, ended.stderr).toBe(5);
    expect(ended.stderr).toMatch(/of 200 tasks/u);
    expect(micro(place.run().summary().spent_usd)).toBeLessThanOrEqual(25_000);
  }, 120_000);
});

describe("a run that may not begin", () => {
  test("a cluster that costs money and no budget is refused before anything is started", async () => {
    place.write("bag.txt", "true\n");
    place.write("stint.yaml", paid("0.04 usd/h"));
    const ended = await place.stint("run", "bag.txt");
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/--budget/u);
    expect(() => place.run()).toThrow();
  });

  test("a bad line is named, and nothing is left behind", async () => {
    place.write("bag.jsonl", '{"command":"true"}\n{"comand":"true"}\n');
    const ended = await place.stint("run", "bag.jsonl");
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/bag\.jsonl, line 2/u);
    expect(() => place.run()).toThrow();
  });
});

describe("a run that a master works on", () => {
  test("is refused to a second one with 9, and goes on", async () => {
    place.write("bag.txt", "sleep 2\nsleep 2\n");
    const first = place.call("run", "bag.txt");
    await until(() => {
      try {
        return place.run().outputs().length >= 0 && place.run().path !== "";
      } catch {
        return false;
      }
    }, "the run's folder");
    const second = await place.stint("resume");
    expect(second.code, second.stderr).toBe(9);
    expect(second.stderr).toMatch(/at work on this run/u);
    expect((await first.ended).code).toBe(0);
  });

  test("without a terminal and without a choice it ends with 4, and the sample counts when it goes on", async () => {
    place.write("bag.txt", Array.from({ length: 40 }, (_, n) => `sleep 0.05; echo ${n}`).join("\n"));
    place.write(
      "stint.yaml",
      "clusters:\n  a: { provider: local, price: 0.04 usd/h }\n  b: { provider: local, price: 0.08 usd/h, speed: 0.5 }\n",
    );
    const asked = await place.stint("run", "bag.txt", "--budget", "1usd");
    expect(asked.code, asked.stderr).toBe(4);
    expect(asked.stderr).toMatch(/--choose cheapest/u);
    const sampled = place
      .run()
      .joblog()
      .filter((row) => row["Outcome"] === "done").length;
    expect(sampled).toBeGreaterThan(0);
    const on = await place.stint("resume", "--choose", "cheapest", "--json");
    expect(on.code, on.stderr).toBe(0);
    const done = place
      .run()
      .joblog()
      .filter((row) => row["Outcome"] === "done");
    expect(done.length).toBe(40);
    expect(place.run().summary().chosen).toBe("cheapest");
  }, 120_000);
});
