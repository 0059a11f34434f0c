/** A receipt as one file: its data stands in the page itself, and nothing is asked of anybody. */
import { render, type JSX } from "preact";
import type { History } from "@stint/shared/api/history.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { Clock } from "./parts/time.js";
import { Receipt } from "./receipt/receipt.js";
import { standingOf } from "./words/run.js";
import "./style/fonts.css";
import "uplot/dist/uPlot.min.css";
import "./style/page.css";

interface ReportData {
  readonly summary: SummaryDocument;
  readonly history: History;
}

const Report = ({ summary, history }: ReportData): JSX.Element => (
  <>
    <header class="top">
      <div class="crumbs">
        <span class="mark">stint</span>
        <span>{summary.run}</span>
      </div>
    </header>
    <main class="page">
      <div>
        <h1>{summary.bag}</h1>
        <When summary={summary} />
      </div>
      <Receipt summary={summary} history={history} />
    </main>
  </>
);

function When({ summary }: Pick<ReportData, "summary">): JSX.Element {
  const going = summary.state === "running";
  const { word, tone } = standingOf({ phase: "ended", state: summary.state, awaits_choice: false });
  return (
    <p class="under-title">
      <span class={`state ${tone}`}>{going ? "Not ended yet" : word}</span>
      <span class="quiet">
        <Clock at={Date.parse(summary.started_at)} />
        {summary.ended_at === null ? null : (
          <>
            {" "}
            to <Clock at={Date.parse(summary.ended_at)} />
          </>
        )}
      </span>
    </p>
  );
}

const [data, place] = [document.getElementById("data"), document.getElementById("app")];
if (data !== null && place !== null)
  render(<Report {...(JSON.parse(data.textContent) as ReportData)} />, place);
