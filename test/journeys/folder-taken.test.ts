/** What becomes of a run whose folder, or a part of it, somebody takes away while it goes on? */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

test.each(["moved", "removed", "robbed of a part", "robbed of its lock", "given another journal"])(
  "a run's folder that is %s while its run goes on stops the run at once, and no task has failed for it",
  async (how) => {
    place.write(
      "bag.txt",
      Array.from({ length: 40 }, (_, task) => `sleep 0.3; echo ${String(task)}`).join("\n"),
    );
    const running = place.stint("run", "bag.txt", "--jobs", "2");
    const out = join(place.path, "runs/latest/out");
    await until(() => existsSync(out) && readdirSync(out).length > 0, "a task has run");
    if (how === "moved") renameSync(join(place.path, "runs"), join(place.path, "elsewhere"));
    else if (how === "removed") await until(() => isRemoved(join(place.path, "runs")), "all is removed");
    else if (how === "robbed of a part") rmSync(join(place.path, "runs/latest/agents/ca.pem"));
    else if (how === "robbed of its lock") rmSync(join(place.path, "runs/latest/master.lock"));
    else {
      const journal = join(place.path, "runs/latest/journal");
      copyFileSync(journal, `${journal}.copy`);
      renameSync(`${journal}.copy`, journal);
    }
    const { code, stderr } = await running;
    expect([code, stderr]).toEqual([
      9,
      expect.stringMatching(/found that it, or a part of it, was moved or removed[^]*try: put it back/u),
    ]);
    if (how === "removed") return;
    const now = how === "moved" ? "elsewhere/latest" : "latest";
    const { stdout } = await place.stint("status", now, "--json");
    expect((JSON.parse(stdout) as { tasks: unknown }).tasks).toMatchObject({ failed: 0, total: 40 });
  },
);

/** False where something was written meanwhile into a folder that had been emptied. */
function isRemoved(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
