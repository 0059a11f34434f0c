/** Is a report one file in which foreign words are data? */
import { expect, test } from "vitest";
import type { History } from "@stint/shared/api/history.js";
import type { Summary } from "../planner/report/summary.js";
import { reportHtml } from "./report-html.js";

const TEMPLATE =
  '<title><!--title--></title><pre><!--text--></pre><script type="application/json" id="data"><!--data--></script>';
const summary = {
  bag: "<b>&.txt",
  run: "2026-<!--data-->-x",
  note: "</script><!--text--><script>1</script> \u2028 $& $1",
};
const history = { run: "x" } as unknown as History;
const html = reportHtml(TEMPLATE, {
  summary: summary as unknown as Summary,
  history,
  lines: ["receipt </pre>", "a & b"],
});

test("what is foreign ends no element and fills no other place", () => {
  expect(html).toContain("<title>&lt;b&gt;&amp;.txt: receipt of 2026-&lt;!--data--&gt;-x</title>");
  expect(html).toContain("<pre>receipt &lt;/pre&gt;\na &amp; b</pre>");
  expect(html.match(/<\/?script/gu)).toHaveLength(2);
  expect(html).not.toContain("<!--");
});

test("the data is what it was", () => {
  const [, data = ""] = /id="data">(.*)<\/script>/su.exec(html) ?? [];
  expect(JSON.parse(data)).toEqual({ summary, history });
});
