/** The page of a demonstration: the documents of a run that is only imagined, and an offer that is picked there. */
import { expect, test, vi } from "vitest";
import { history } from "@stint/shared/api/history.js";
import { liveView } from "@stint/shared/api/live-view.js";
import { runs } from "@stint/shared/api/runs.js";
import { task, tasksPage } from "@stint/shared/api/tasks.js";
import { newPlace } from "./stint.js";

const WAIT = { timeout: 30_000, interval: 100 };

test("an imagined run is served, its offer is picked on the page, and the page stays until Ctrl-C", async () => {
  const place = newPlace();
  const { child, said, ended } = place.call("demo", "--web", "--seed", "1", "--speed", "5000");
  try {
    const page = await vi.waitFor(() => {
      const found = /(http:\/\/\S+\/)#token=([0-9a-f]{64})/u.exec(said());
      if (found === null) throw new Error("no address yet");
      return { url: `${found[1] ?? ""}api/v1`, token: found[2] ?? "" };
    }, WAIT);
    const authorization = `Bearer ${page.token}`;
    const read = async (path: string): Promise<unknown> =>
      (await fetch(`${page.url}${path}`, { headers: { authorization } })).json();
    const viewNow = async () => liveView.parse(await read("/runs/demo"));

    await vi.waitFor(async () => expect((await viewNow()).awaits_choice).toBe(true), WAIT);
    expect(await viewNow()).toMatchObject({
      imagined: true,
      bag: expect.stringMatching(/^imagined: /u) as string,
    });
    expect(runs.parse(await read("/runs")).runs).toHaveLength(1);
    const picked = await fetch(`${page.url}/runs/demo/choose`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", "x-stint": "1" },
      body: JSON.stringify({ offer: "fastest" }),
    });
    expect(picked.status).toBe(200);
    await vi.waitFor(async () => expect((await viewNow()).state).toBe("done"), WAIT);
    expect((await viewNow()).chosen).toBe("fastest");
    expect(history.parse(await read("/runs/demo/history")).done.at(-1)).toBe(1_000);
    expect(tasksPage.parse(await read("/runs/demo/tasks?limit=5")).tasks).toHaveLength(5);
    const one = task.parse(await read("/runs/demo/tasks/12"));
    expect(one.attempts_seen.map(({ outcome }) => outcome)).toContain("done");

    await vi.waitFor(() => expect(said()).toContain("The page stays until Ctrl-C."), WAIT);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  } finally {
    child.kill("SIGKILL");
    place.remove();
  }
});
