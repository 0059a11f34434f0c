/** The receipt as a side of a run, asked for anew while the run goes on. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { call } from "../client/call.js";
import { useAsked } from "../client/hooks.js";
import { TroubleNote } from "../parts/trouble.js";
import { toTask } from "../route.js";
import { Receipt } from "./receipt.js";

const REFRESH_MS = 5_000;

export function ReportPage({
  run,
  view,
}: {
  readonly run: string;
  readonly view: LiveView | undefined;
}): JSX.Element {
  const open = view === undefined || view.phase !== "ended";
  const asked = useAsked(
    `${run} ${view?.phase === "ended"}`,
    (signal) => call.report(run, signal),
    open ? REFRESH_MS : 0,
  );
  if (asked.value !== undefined)
    return <Receipt summary={asked.value} taskLink={(task) => toTask(run, task)} />;
  if (asked.trouble !== undefined) return <TroubleNote trouble={asked.trouble} again={asked.again} />;
  return <p class="empty tall">Asking the master …</p>;
}
