/** Many bags under one master: each within its own budget, all within the one over all, whatever is killed. */
import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endProcess, newHome, type MasterHome } from "./master-home.js";
import { micro, newPlace, processesOf, type Place } from "./stint.js";

let place: Place;
let home: MasterHome;
beforeEach(() => {
  place = newPlace();
  home = newHome(place);
});
afterEach(async () => {
  await home.end();
  place.remove();
});

test(
  "three bags side by side survive the end of their master and of themselves, each within its budget",
  { timeout: 240_000 },
  async () => {
    await home.begin("--budget", "0.05usd");
    const runs: string[] = [];
    for (const name of ["one", "two", "three"]) {
      place.write(`${name}.txt`, `echo ${name}; sleep 0.3\n`.repeat(400));
      runs.push(await home.submit(name, "--budget", "0.015usd", "--choose", "fastest"));
    }
    await home.listOnce(
      ({ runs: lines }) => lines.every(({ tasks }) => tasks.done > 0),
      "some tasks of each done",
    );
    const before = await home.list();
    expect(before.runs.map(({ run }) => run).sort()).toEqual([...runs].sort());
    expect(before.reserved_usd).toBeCloseTo(0.045, 6);

    // The master first, so that it starts nothing again; then two of the three processes that carry out runs.
    const pids = [home.pidOf(), home.pidOf(runs[0] ?? ""), home.pidOf(runs[1] ?? "")];
    for (const pid of pids) endProcess(pid, "SIGKILL");
    const survivor = home.pidOf(runs[2] ?? "");
    const kept = await place.stint("ps");
    expect(kept.stdout).toMatch(/No master is at work/u);

    await home.begin();
    const ended = await home.listOnce(
      // A run has ended a moment before its process, and only then its reservation.
      ({ runs: lines, spent_usd: spent, reserved_usd: reserved }) =>
        lines.every(({ phase }) => phase === "ended") && reserved === spent,
      "the end of all",
    );
    expect(ended.budget_usd).toBe(0.05);
    for (const run of runs) {
      const { summary, joblog } = home.filesOf(run);
      const { tasks, spent_usd: spent, state } = summary();
      expect([state, tasks.done]).toEqual(["done", 400]);
      expect(micro(spent)).toBeLessThanOrEqual(15_000);
      expect(joblog().filter(({ Outcome }) => Outcome === "done")).toHaveLength(400);
      expect(processesOf(home.filesOf(run))).toEqual([]);
    }
    // The one that lived was taken back, and not begun again.
    expect([home.filesOf(runs[2] ?? "").summary().resumed, survivor === undefined]).toEqual([0, false]);
    const sum = runs.reduce((total, run) => total + micro(home.filesOf(run).summary().spent_usd), 0);
    expect([micro(ended.spent_usd), micro(ended.reserved_usd)]).toEqual([sum, sum]);
    expect(sum).toBeLessThanOrEqual(50_000);
    const month = await place.stint("ps", "--spent", "month", "--json");
    expect(JSON.parse(month.stdout)).toMatchObject({ spent: { runs: 3, spent_usd: ended.spent_usd } });
  },
);

test(
  "a bag waits for its offer to be picked, on the page or with stint choose",
  { timeout: 120_000 },
  async () => {
    await home.begin();
    place.write("bag.txt", "sleep 0.5\n".repeat(900));
    const names = ["page", "verb"];
    for (const name of names) await home.submit("bag", "--budget", "0.05usd", "--name", name);
    const waiting = await home.listOnce(({ runs }) => runs.every((run) => run.awaits_choice), "offers");
    const run = waiting.runs.find((line) => line.run.endsWith("page"))?.run ?? "";
    expect(await home.asPage(`${run}/choose`, { offer: "cheapest" })).toBe(200);
    const shown = await place.stint("status", "verb");
    expect(shown.stdout).toMatch(/stint choose NAME .*verb/u);
    expect((await place.stint("choose", "fastest", "verb")).code).toBe(0);
    await home.listOnce(
      ({ runs }) => runs.every((line) => line.phase === "running" || line.phase === "ended"),
      "both run",
    );
    const again = await place.stint("choose", "fastest", "verb");
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringMatching(/expected: a run that waits for an offer/u),
    ]);
    expect(await home.asPage(`${run}/choose`, { offer: "fastest" })).toBe(409);
    for (const name of names) expect((await place.stint("cancel", "--now", name)).code).toBe(0);
    const ended = await home.listOnce(
      ({ runs }) => runs.every(({ phase }) => phase === "ended"),
      "their end",
    );
    expect(ended.runs.map(({ state }) => state)).toEqual(["stopped", "stopped"]);
    expect(home.filesOf(run).summary().chosen).toBe("cheapest");
  },
);

test(
  "what does not fit into the budget over all is refused, and nothing of it is begun",
  { timeout: 120_000 },
  async () => {
    await home.begin("--budget", "0.02usd");
    place.write("bag.txt", "sleep 1\n".repeat(400));
    const first = await home.submit("bag", "--budget", "0.015usd", "--choose", "cheapest", "--name", "first");
    const refused = await place.stint(
      "submit",
      "bag.txt",
      "--clusters",
      "two.yaml",
      "--budget",
      "0.01usd",
      "--detach",
    );
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/found \$0\.01 more, where \$0\.005 is free[^]*--budget 0\.005usd/u),
    ]);
    expect(home.runNames()).toEqual([first]);
    const more = await place.stint("budget", "add", "0.01usd", "first");
    expect([more.code, more.stderr]).toEqual([2, expect.stringMatching(/\$0\.005 is free/u)]);
    const some = await place.stint("budget", "add", "0.004usd", "first", "--json");
    expect(JSON.parse(some.stdout)).toMatchObject({ budget_usd: 0.019 });
    expect((await home.list()).reserved_usd).toBe(0.019);

    // A run that is stopped gives back what it has not spent; to go on takes its budget again.
    expect((await place.stint("cancel", "--now", "first")).code).toBe(0);
    const { spent_usd: spent } = await home.listOnce(({ runs }) => runs[0]?.phase === "ended", "its end");
    expect((await home.list()).reserved_usd).toBe(spent);
    const second = await home.submit(
      "bag",
      "--budget",
      "0.015usd",
      "--choose",
      "cheapest",
      "--name",
      "second",
    );
    const back = await place.stint("resume", "first");
    expect([back.code, back.stderr]).toEqual([2, expect.stringMatching(/over all/u)]);
    expect((await place.stint("cancel", "--now", "second")).code).toBe(0);
    await home.listOnce(({ runs }) => runs.every(({ phase }) => phase === "ended"), `the end of ${second}`);
    expect((await place.stint("resume", "first")).code).toBe(0);
    await home.listOnce(
      ({ runs }) => runs.some(({ run, phase }) => run === first && phase !== "ended"),
      "its going on",
    );
  },
);

test(
  "a bag that cannot be read is refused in the words of stint run, and leaves nothing behind",
  { timeout: 60_000 },
  async () => {
    await home.begin();
    place.write("bad.jsonl", '{"command": "true"}\n{"comand": "true"}\n');
    const refused = await place.stint("submit", "bad.jsonl", "--detach");
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringMatching(/bag\.jsonl, line 2/u)]);
    expect(home.runNames()).toEqual([]);
    expect((await home.list()).runs).toEqual([]);
    const second = await place.stint("master");
    expect([second.code, second.stderr]).toEqual([9, expect.stringMatching(/one master a home/u)]);
    for (const file of ["operator.token", "master.json", "registry.json"])
      expect(statSync(join(home.path, file)).mode & 0o777).toBe(0o600);
  },
);

test(
  "a run of a master is known by its name to the verbs that look, and failed tasks are tried again",
  { timeout: 120_000 },
  async () => {
    await home.begin();
    place.write("bag.txt", "echo hello\ntest -e fixed\n");
    const watched = await place.stint("submit", "bag.txt", "--choose", "fastest", "--name", "two");
    expect(watched.code).toBe(1);
    expect((await place.stint("logs", "1", "--run", "two")).stdout).toBe("hello\n");
    expect((await place.stint("report", "two")).stdout).toMatch(/1 of 2/u);
    place.write("fixed", "");
    expect((await place.stint("retry", "--failed", "two")).code).toBe(0);
    await home.listOnce(({ runs }) => runs[0]?.state === "done", "the retry");
    const nothing = await place.stint("retry", "--failed", "two");
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringMatching(/no task that failed/u)]);
  },
);

test(
  "runs whose folder or log was taken away are given up for what they may have cost, and their master goes on",
  { timeout: 120_000 },
  async () => {
    await home.begin("--budget", "0.05usd");
    place.write("bag.txt", "sleep 0.3\n".repeat(400));
    const take = (name: string): Promise<string> =>
      home.submit("bag", "--budget", "0.02usd", "--choose", "fastest", "--name", name);
    const runs = [await take("gone"), await take("stuck")];
    await home.listOnce((list) => list.runs.every(({ tasks }) => tasks.done > 3), "some tasks of each");
    const [gone = "", stuck = ""] = runs;
    const folder = (run: string): string => join(home.path, "runs", run);
    // Away at once: what runs goes on writing where it was moved.
    renameSync(folder(gone), join(home.path, "taken"));
    rmSync(join(folder(stuck), "master.log"));
    mkdirSync(join(folder(stuck), "master.log"));
    endProcess(home.pidOf(stuck), "SIGKILL");
    const lost = await home.listOnce(
      (list) => list.runs.every(({ phase }) => phase === "unreachable"),
      "both in trouble",
    );
    expect(lost.reserved_usd).toBe(0.04);
    expect(await home.asPage(`${gone}/cancel`, { how: "now" })).toBe(200);
    expect((await place.stint("cancel", "--now", "stuck")).code).toBe(0);
    const ended = await home.list();
    expect(ended.runs.map(({ phase }) => phase)).toEqual(["ended", "ended"]);
    for (const { run, spent_usd: spent } of ended.runs) {
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeGreaterThanOrEqual(lost.runs.find((line) => line.run === run)?.spent_usd ?? 1);
    }
    expect(ended.reserved_usd).toBe(ended.spent_usd);
    expect(ended.reserved_usd).toBeLessThan(0.04);
  },
);
