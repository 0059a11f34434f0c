/** The calls that change runs: an operator's alone. */
import type { z } from "zod";
import {
  BAG_BYTES_MOST,
  budgetBody,
  cancelBody,
  chooseBody,
  done,
  emptyBody,
  submission,
  submitted,
} from "@stint/shared/api/runs.js";
import { readAt } from "@stint/shared/misread.js";
import { parseAmount } from "@stint/shared/quantities.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { knownRun } from "./known-run.js";
import { writing, type Operation } from "./operation.js";
import { Refused } from "./refused.js";
import type { ServedRun, ServedRuns } from "./runs-port.js";

export function acting(runs: ServedRuns): readonly Operation[] {
  const act = actingOn(runs);
  return [
    submitting(runs),
    act("choose", "Picks an offer.", chooseBody, (run, { offer }) => run.choose(offer)),
    act("cancel", "Ends a run: what runs ends first, or at once.", cancelBody, (run, { how }) =>
      run.cancel(how),
    ),
    act("pause", "Starts no more tasks until it is resumed; machines are given back.", emptyBody, (run) =>
      run.pause(),
    ),
    act("resume", "Goes on with a run that is paused, stopped, or short of money.", emptyBody, (run) =>
      run.resume(),
    ),
    act("budget", "Adds to the budget.", budgetBody, (run, { add }) => run.addBudget(amountOf(add, "add"))),
    act("retry", "Runs the failed tasks again.", emptyBody, (run) => run.retryFailed()),
  ];
}

const amountOf = (text: string, where: string): MicroUsd =>
  readAt({ kind: "bad-input", where }, parseAmount, text);

const actingOn =
  (runs: ServedRuns) =>
  <B extends z.ZodObject>(
    verb: string,
    about: string,
    body: B,
    carryOut: (run: ServedRun, body: z.output<B>) => Promise<void>,
  ): Operation =>
    writing({
      ...{ name: `${verb}Run`, path: `/api/v1/runs/{run}/${verb}`, about, who: "operator", body },
      refused: [404, 409, 503],
      document: { name: "done", schema: done },
      carryOut: async (call) => {
        await carryOut(await knownRun(runs, call), call.body);
        return { document: { schema: 1 as const, done: true as const } };
      },
    });

const submitting = (runs: ServedRuns): Operation =>
  writing({
    ...{ name: "submitRun", path: "/api/v1/runs", who: "operator", status: 201, refused: [409, 503] },
    about: "Hands in a bag. Its commands run as the master's user.",
    ...{ body: submission, bytesMost: BAG_BYTES_MOST },
    document: { name: "submitted", schema: submitted },
    carryOut: async ({ body }) => {
      if (runs.submit === undefined) throw oneRunAlone();
      if (body.budget !== undefined) amountOf(body.budget, "budget");
      const run = await runs.submit(body);
      const headers = { location: `/api/v1/runs/${encodeURIComponent(run)}` };
      return { document: { schema: 1 as const, run }, headers };
    },
  });

const oneRunAlone = (): Refused =>
  new Refused(409, {
    code: "one-run-alone",
    where: "this master",
    found: "one that carries out the run it was begun for",
    expected: "a master that takes bags",
    hint: "stint master",
  });
