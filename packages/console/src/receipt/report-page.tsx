/** The receipt as a side of a run, asked for anew while the run goes on. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { call } from "../client/call.js";
import { useAsked } from "../client/hooks.js";
import { TroubleNote } from "../parts/trouble.js";
import { toTask } from "../route.js";
import { Receipt } from "./receipt.js";

const REFRESH_MS = 5_000;

export function ReportPage({ run, view }: ReportPageProps): JSX.Element {
  const open = view === undefined || view.phase !== "ended";
  const asked = useAsked(
    `${run} ${String(open)}`,
    async (signal) => {
      const [summary, history] = await Promise.all([call.report(run, signal), call.history(run, signal)]);
      return { summary, history };
    },
    open ? REFRESH_MS : 0,
  );
  if (asked.value !== undefined) return <Receipt {...asked.value} taskLink={(task) => toTask(run, task)} />;
  if (asked.trouble !== undefined) return <TroubleNote trouble={asked.trouble} again={asked.again} />;
  return <p class="empty tall">Asking the master …</p>;
}

interface ReportPageProps {
  readonly run: string;
  readonly view: LiveView | undefined;
}
