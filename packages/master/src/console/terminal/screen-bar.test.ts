/** The bar of the live screen. */
import { expect, test } from "vitest";
import { runningView } from "../../../../../test/scenarios/golden/console/example-run.js";
import { screenLines } from "./screen.js";

test("the bar counts what is done, and what failed is not done", () => {
  const view = runningView();
  const tasks = { ...view.tasks, total: 12, done: 7, failed: 5, running: 0, waiting: 0 };
  expect(screenLines({ ...view, tasks }, 80)[1]).toMatch(/ 58 %$/u);
});
