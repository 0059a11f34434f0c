/** Can stint run tasks on this operating system? Where it cannot, it says what is missing before anything is read. */
import { platform } from "node:os";
import { TroubleError } from "@stint/shared/failures.js";

export function refuseElsewhere(system: string = platform()): void {
  if (system === "linux") return;
  throw new TroubleError({
    kind: "provider",
    code: "platform",
    where: "this computer",
    found: `the operating system ${system}`,
    expected: "Linux: the time since boot and the end of all that a task started are read from its /proc",
    hint: "stint simulate works everywhere; run tasks in a Linux machine or container",
  });
}
