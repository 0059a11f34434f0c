/** A master to be killed: launches machines in the folder it is given, as soon as it is told to. */
import { localWorld, WELL_BEHAVED } from "./local-world.js";

const [folder = "", count = ""] = process.argv.slice(2);
const world = localWorld(WELL_BEHAVED, folder);
const { provisioner } = world.openMaster();
process.stdin.once("data", () => {
  for (let number = 1; number <= Number(count); number += 1) provisioner.launch(world.order(number));
});
process.stdout.write("ready\n");
