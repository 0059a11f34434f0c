/** Is the planner that is measured the one beside this bench, and not that of another clone through a link? */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

export function refuseOtherPlanner(): void {
  const measured = realpathSync(fileURLToPath(import.meta.resolve("@stint/master/planner/decide.js")));
  const here = realpathSync(fileURLToPath(new URL("../../", import.meta.url)));
  if (measured.startsWith(here)) return;
  throw new Error(
    `this would measure ${measured}; make node_modules a folder of this clone, with links to its own packages`,
  );
}
