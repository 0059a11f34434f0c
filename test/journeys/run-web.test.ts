/** A run with a page: everything that the page shows is answered, and the offer is picked on it. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { history, machines } from "@stint/shared/api/history.js";
import { liveView, offers } from "@stint/shared/api/live-view.js";
import { runs } from "@stint/shared/api/runs.js";
import { task, tasksPage } from "@stint/shared/api/tasks.js";
import { newPlace, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const TASKS = 300;

test(
  "a page is told of a run, its tasks and what they print, and picks the offer",
  { timeout: 120_000 },
  async () => {
    place.write(
      "two.yaml",
      "clusters:\n  small: { provider: local, max: 2, slots: 2, price: 0.04 usd/h, atu: 1s }\n",
    );
    place.write("bag.txt", "echo out; echo err >&2; sleep 0.2\n".repeat(TASKS - 1) + "echo needle; false\n");
    const run = place.call("run", "bag.txt", "--clusters", "two.yaml", "--budget", "0.05usd", "--web");
    const said = (): RegExpExecArray | null =>
      /page of this run: (\S+) \(it asks for (\S+)\)/u.exec(run.said());
    await until(() => said() !== null, "the page's address");
    const [, url = "", file = ""] = said() ?? [];
    const token = readFileSync(join(place.path, file), "utf8").trim();
    expect(statSync(join(place.path, file)).mode & 0o777).toBe(0o600);
    expect(run.said()).not.toContain(token);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "x-stint": "1" };
    const get = (path: string): Promise<Response> => fetch(new URL(`/api/v1${path}`, url), { headers });
    const read = async (path: string): Promise<unknown> => (await get(path)).json();

    const name = runs.parse(await read("/runs")).runs[0]?.run ?? "";
    const here = `/runs/${name}`;
    const view = async () => liveView.parse(await read(here));
    while (!(await view()).awaits_choice) await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = await view();
    expect([waiting.phase, waiting.offers?.offers.length, waiting.tasks.total]).toEqual([
      "choosing",
      4,
      TASKS,
    ]);
    const other = offers.parse(await read(`${here}/what-if?budget=0.04usd`));
    expect([other.budget_usd, other.offers.length]).toEqual([0.04, 4]);
    const chosen = await fetch(new URL(`/api/v1${here}/choose`, url), {
      ...{ method: "POST", headers, body: JSON.stringify({ offer: "fastest" }) },
    });
    expect(chosen.status).toBe(200);
    expect((await view()).promise?.offer).toBe("fastest");

    const done = tasksPage.parse(await read(`${here}/tasks?state=done&limit=3`));
    expect([done.tasks.length, done.next_after]).toEqual([3, done.tasks[2]?.task]);
    const found = tasksPage.parse(await read(`${here}/tasks?search=needle`));
    expect(found.tasks.map((one) => one.task)).toEqual([TASKS]);
    const first = done.tasks[0]?.task ?? 0;
    const story = async () => task.parse(await read(`${here}/tasks/${String(first)}`));
    while ((await story()).attempts_seen[0]?.outcome !== "done")
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await story()).attempts_seen[0]).toMatchObject({
      exit_code: 0,
      stdout_bytes: 4,
      stderr_bytes: 4,
    });
    const output = await get(`${here}/tasks/${String(first)}/output?stream=stderr&from=1&most=2`);
    expect([await output.text(), output.headers.get("x-stint-size")]).toEqual(["rr", "4"]);
    const told = history.parse(await read(`${here}/history`));
    expect(told.at_s.length).toBeGreaterThan(3);
    expect(machines.parse(await read(`${here}/machines`)).machines.length).toBeGreaterThan(0);
    const ended = await run.ended;
    expect(ended.code).toBe(1);
    expect(place.run().summary().chosen).toBe("fastest");
  },
);
