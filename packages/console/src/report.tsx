/** A receipt as one file: its data stands in the page itself, and nothing is asked of anybody. */
import { render, type JSX } from "preact";
import type { History } from "@stint/shared/api/history.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { Receipt } from "./receipt/receipt.js";
import "./style/fonts.css";
import "./style/page.css";

interface ReportData {
  readonly summary: SummaryDocument;
  readonly history: History | null;
}

const Report = ({ summary }: ReportData): JSX.Element => (
  <>
    <header class="top">
      <span class="mark">stint</span>
      <span class="crumbs">{summary.run}</span>
    </header>
    <main class="page">
      <h1>{summary.bag}</h1>
      <Receipt summary={summary} />
    </main>
  </>
);

const [data, place] = [document.getElementById("data"), document.getElementById("app")];
if (data !== null && place !== null)
  render(<Report {...(JSON.parse(data.textContent) as ReportData)} />, place);
