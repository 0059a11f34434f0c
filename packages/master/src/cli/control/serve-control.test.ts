/** What does a master make of those who ask and do not wait for the answer? Nothing: it goes on, and answers others. */
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Instant } from "@stint/shared/units.js";
import type { Summary } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import { filesOf, type RunFolder } from "../../store/run-folder.js";
import type { LookedAt } from "../looks/looked-at.js";
import { askMaster } from "./ask-master.js";
import { askedLine } from "./control-words.js";
import { serveControl, type Control } from "./serve-control.js";

let folder: RunFolder;
let control: Control;
const stop = vi.fn<(how: "drain" | "now") => void>();
beforeEach(async () => {
  folder = filesOf(mkdtempSync(join(tmpdir(), "stint-serve-")));
  control = serveControl({
    files: folder,
    run: { phase: "running", money: {}, settings: { name: "bag" } } as unknown as Run,
    now: () => 0 as Instant,
    deliver: () => undefined,
    stop,
    summary: () => ({}) as Summary,
    looked: {} as LookedAt,
    chronicle: { decisions: () => [] },
    say: () => undefined,
  });
  await control.open();
});
afterEach(async () => {
  await control.close();
  rmSync(folder.path, { recursive: true });
});

/** Gone before the master has read what it was asked. */
function askAndGo(): Promise<void> {
  return new Promise((gone) => {
    const socket = createConnection(folder.control, () => {
      socket.write(askedLine({ ask: "stop", how: "drain" }));
      socket.destroy();
    });
    socket.on("close", () => gone());
  });
}

test("whoever asks and goes away ends no run, and is done what was asked", async () => {
  for (let times = 0; times < 20; times += 1) await askAndGo();
  await expect(askMaster(folder, { ask: "stop", how: "now" })).resolves.toMatchObject({ kind: "done" });
  await vi.waitFor(() => expect(stop.mock.calls).toHaveLength(21));
});

test("more money for a run without a budget is refused as just that", async () => {
  await expect(askMaster(folder, { ask: "budget-add", amount_micro_usd: 1 })).rejects.toMatchObject({
    trouble: { code: "no-budget", found: "a run without a budget" },
  });
});
