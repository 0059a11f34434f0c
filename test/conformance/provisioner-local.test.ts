import { localWorld } from "./local-world.js";
import { provisionerConformance } from "./provisioner.js";

provisionerConformance("the local provider", () => Promise.resolve(localWorld()));
