/**
 * The receipt as one file to keep or to send: the page that draws it, its data and its text in one. It needs no master
 * and asks nothing of anybody. Whatever a bag or a task wrote is data in it and nothing more.
 */
import type { History } from "@stint/shared/api/history.js";
import type { Summary } from "../planner/report/summary.js";

export interface ReportParts {
  readonly summary: Summary;
  readonly history: History;
  /** The receipt in lines, for whoever has no script. */
  readonly lines: readonly string[];
}

/** @param template `report.html` as the page was built */
export function reportHtml(template: string, { summary, history, lines }: ReportParts): string {
  const places: Readonly<Record<string, string>> = {
    title: asText(`${summary.bag}: receipt of ${summary.run}`),
    text: asText(lines.join("\n")),
    data: asData({ summary, history }),
  };
  // In one pass, so that nothing that is put in is looked for places again.
  return template.replace(/<!--(title|text|data)-->/gu, (_, place: string) => places[place] ?? "");
}

const asText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** JSON in which no `<` stands: neither the end of a script nor the begin of a comment. */
const asData = (data: unknown): string => JSON.stringify(data).replaceAll("<", "\\u003c");
