import { spawnLauncher } from "../../packages/worker/src/launch/spawn-launcher.js";
import { everyLauncher } from "./launcher.js";

everyLauncher("the launcher that forks and execs", spawnLauncher);
