/** Do the published schemas say what the documents are? In types, and on a run's own summary. */
import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { microUsd, microUsdPerHour, minutes, seconds } from "@stint/shared/units.js";
import type { ClusterName } from "@stint/shared/ids.js";
import type { Summary } from "../../planner/report/summary.js";
import { simulate } from "../../simulate/simulate.js";
import { ATTEMPTS_HEADER, JOBLOG_HEADER, MACHINES_HEADER } from "../../store/rows.js";
import { summary } from "./documents.js";
import { attempts, joblog, machines } from "./tables.js";

type Loosely<T> = T extends object ? { -readonly [K in keyof T]: Loosely<T[K]> } : T;

test("the schema of a summary is its type", () => {
  expectTypeOf<z.infer<typeof summary>>().toExtend<Loosely<Summary>>();
  expectTypeOf<keyof Summary>().toEqualTypeOf<keyof z.infer<typeof summary>>();
});

test("the summary of a run is what its schema says, and nothing more", () => {
  const cluster = {
    name: "small" as ClusterName,
    provider: "imagined",
    most: 4,
    slots: 1,
    tariff: { price: microUsdPerHour(40_000), atu: seconds(1), minimum: seconds(0), grace: seconds(0) },
    bootLimit: minutes(15),
    bootExpected: seconds(0),
    speed: 1,
  } as const;
  for (const dollars of [1, 0.0001]) {
    const ran = simulate({
      settings: {
        name: "schema",
        clusters: [cluster],
        budget: microUsd(Math.round(dollars * 1e6)),
        seed: 1,
        review: minutes(5),
        wait: minutes(5),
        strict: false,
        choose: "fastest",
        yes: false,
        without: [],
      },
      clusters: [
        {
          speed: 1,
          boot: { kind: "constant", value: 5 },
          noise: 0.1,
          failures: 0.1,
          lossPerHour: 0,
          delivers: 1,
        },
      ],
      runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 60, deviation: 6 }, tasks: 40 },
      tasks: { retriesOf: () => 1, mayBeCopied: () => true },
      bag: "bag.txt",
      checked: false,
      keepFrames: false,
    });
    const document = JSON.parse(JSON.stringify(ran.summary)) as Record<string, unknown>;
    expect(summary.parse(document)).toEqual(document);
    expect(summary.safeParse({ ...document, more: 1 }).success).toBe(false);
  }
});

test("the schemas of the tables name their columns in order", () => {
  expect(Object.keys(attempts.shape).join(",")).toBe(ATTEMPTS_HEADER);
  expect(Object.keys(machines.shape).join(",")).toBe(MACHINES_HEADER);
  expect(Object.keys(joblog.shape).join("\t")).toBe(JOBLOG_HEADER);
});
