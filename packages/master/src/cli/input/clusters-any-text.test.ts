import { TroubleError } from "@stint/shared/failures.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clustersOf } from "./clusters-yaml.js";
import { toLocalCluster } from "./clusters-file.js";

const read = (text: string) => clustersOf(text, "two.yaml").map(toLocalCluster);

test("whatever the text, it is read or refused with trouble that can be shown", () => {
  const key = fc.constantFrom(
    "provider",
    "max",
    "slots",
    "cpus",
    "memory",
    "price",
    "atu",
    "speed",
    "drift",
    "boot",
    "<<",
    "__proto__",
    "x",
  );
  const value = fc.oneof(
    fc.constantFrom(
      "local",
      "ec2",
      "10s",
      "2 from 40%",
      "0.04 usd/h",
      "*a",
      "&a",
      "!!binary x",
      "~",
      "[",
      "{}",
      "|",
    ),
    fc.jsonValue().map((json) => JSON.stringify(json)),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const cluster = fc
    .array(fc.tuple(key, value), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, what]) => `    ${name}: ${what}`).join("\n"));
  const text = fc.oneof(
    fc
      .array(cluster, { maxLength: 3 })
      .map((all) => `clusters:\n${all.map((keys, at) => `  c${String(at)}:\n${keys}`).join("\n")}`),
    fc.string({ unit: "binary" }),
    fc.string().map((words) => `clusters: ${words}`),
  );
  fc.assert(
    fc.property(text, (written) => {
      try {
        read(written);
      } catch (cause) {
        expect(cause).toBeInstanceOf(TroubleError);
        expect((cause as TroubleError).message.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 1_000 },
  );
});
