/** What is left of outputs when a run is over. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepOutputs } from "./keep-outputs.js";

test("a run whose folder of outputs was thrown away ends like any other", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "stint-outputs-"));
  const bag = {} as Parameters<typeof keepOutputs>[0]["bag"];
  try {
    expect(await keepOutputs({ bag, out: join(cwd, "out"), cwd }).settled(true)).toEqual([]);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
