/** A run at work is reached from elsewhere: it is given money, paused, let go on, watched and cancelled. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Summary } from "@stint/master/planner/report/summary.js";
import { newPlace, processesOf, until, type Called, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const CLUSTERS = "clusters:\n  small: { provider: local, max: 2, slots: 2, price: 0.04 usd/h, atu: 1s }\n";
const TASKS = 400;

/** More than can end before it is cancelled. */
function begin(...more: string[]): Called {
  place.write("two.yaml", CLUSTERS);
  place.write("bag.txt", "sleep 0.2\n".repeat(TASKS));
  return place.call("run", "bag.txt", "--clusters", "two.yaml", "--budget", "0.05usd", "--yes", ...more);
}

const reachable = (): boolean =>
  existsSync(join(place.path, "runs", "latest", "control.sock")) ||
  existsSync(join(place.path, "runs", "latest", "control.path"));

const status = async (): Promise<Summary> =>
  JSON.parse((await place.stint("status", "--json")).stdout) as Summary;

/** Asks again and again until the answer is such. */
async function statusOnce(holds: (summary: Summary) => boolean): Promise<Summary> {
  for (let looks = 0; looks < 200; looks += 1) {
    const summary = await status();
    if (holds(summary)) return summary;
  }
  throw new Error("looked 200 times in vain");
}

test(
  "a running bag gets budget, is paused, goes on, is watched and is cancelled",
  { timeout: 180_000 },
  async () => {
    const run = begin("--json");
    await until(reachable, "the control socket");
    const socket = statSync(join(place.path, "runs", "latest", "control.sock"));
    expect(socket.mode & 0o777).toBe(0o600);
    await statusOnce(({ tasks }) => tasks.done > 0);

    const added = await place.stint("budget", "add", "0.02usd", "--json");
    expect(JSON.parse(added.stdout)).toMatchObject({ budget_usd: 0.07 });

    expect((await place.stint("pause")).code).toBe(0);
    // What ran goes on to its end; when two looks in a row see as many done, nothing does any more.
    let before = -1;
    const paused = await statusOnce(({ tasks }) => {
      const quiet = tasks.done === before;
      before = tasks.done;
      return quiet;
    });
    expect((await place.stint("status")).stdout).toMatch(/· paused {2,}[^]*\nto go on: stint resume runs\//u);
    const later = await status();
    expect([later.state, later.tasks.done]).toEqual(["running", paused.tasks.done]);

    expect((await place.stint("resume")).stdout).toMatch(/It goes on/u);
    const refused = await place.stint("resume");
    expect([refused.code, refused.stderr]).toEqual([9, expect.stringMatching(/a master at work/u)]);
    await statusOnce(({ tasks }) => tasks.done > paused.tasks.done);

    const watched = place.call("watch");
    let seen = "";
    watched.child.stdout?.on("data", (text: string) => (seen += text));
    await until(() => seen !== "", "a first line");
    expect((await place.stint("cancel", "--now")).code).toBe(0);

    const ended = await run.ended;
    expect(ended.code).toBe(130);
    const summary = JSON.parse(ended.stdout) as Summary;
    expect([summary.state, summary.budget_usd]).toEqual(["stopped", 0.07]);
    expect(summary.spent_usd).toBeLessThanOrEqual(0.07);
    const { code, stdout } = await watched.ended;
    expect([code, stdout]).toEqual([
      130,
      expect.stringMatching(/of 400 done[^]*receipt · stopped[^]*stint resume/u),
    ]);
    expect([reachable(), processesOf(place.run())]).toEqual([false, []]);
    for (const verb of ["cancel", "pause"]) {
      const again = await place.stint(verb);
      expect([again.code, again.stdout]).toEqual([
        0,
        expect.stringMatching(
          new RegExp(`has ended already \\(stopped\\): there is nothing to\\s${verb}\\.\n$`, "u"),
        ),
      ]);
      expect(again.stdout.split("\n").filter((line) => line.length > 79)).toEqual([]);
    }
    const document = JSON.parse((await place.stint("cancel", "--json")).stdout) as unknown;
    expect(document).toMatchObject({ asked: null, state: "stopped" });
    expect((await place.stint("doctor", "latest")).code).toBe(0);
  },
);

test(
  "a run whose folder's path is too long for a socket is reached all the same",
  { timeout: 120_000 },
  async () => {
    const deep = join("r".repeat(100), "s".repeat(60));
    mkdirSync(join(place.path, deep), { recursive: true });
    const run = begin("--runs", deep);
    const folder = join(place.path, deep, "latest");
    await until(() => existsSync(join(folder, "control.path")), "the path of the socket");
    expect(existsSync(join(folder, "control.sock"))).toBe(false);
    expect((await place.stint("cancel", "--now", "--runs", deep)).code).toBe(0);
    expect((await run.ended).code).toBe(130);
    expect(existsSync(join(folder, "control.path"))).toBe(false);
  },
);

test(
  "where no master is at work the verbs say so, and a socket that was left behind is no master",
  { timeout: 120_000 },
  async () => {
    const run = begin();
    await until(reachable, "the control socket");
    await statusOnce(({ tasks }) => tasks.done > 0);
    run.child.kill("SIGKILL");
    await run.ended;
    expect(reachable()).toBe(true);
    for (const verb of ["pause", "cancel", "watch"])
      expect(await place.stint(verb)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/no master at work/u) as string,
      });
    expect((await place.stint("status")).stdout).toMatch(/No master is at work on it/u);
    const resumed = place.call("resume");
    await until(() => /\[/u.test(resumed.said()), "the run goes on");
    await statusOnce(({ tasks }) => tasks.done > 0);
    expect((await place.stint("cancel", "--now")).code).toBe(0);
    expect((await resumed.ended).code).toBe(130);
    expect((await place.stint("watch")).code).toBe(130);
  },
);
