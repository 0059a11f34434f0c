/**
 * A task that may not be copied never runs twice at the same time: not when its agent is killed, stopped for a
 * while or taken back by another master. Each command holds a lock while it runs, which the kernel gives up with
 * the last process that holds it.
 */
import { describe, expect, test } from "vitest";
import { newPlace, processesOf, until, type Place } from "./stint.js";

const TASKS = 60;

const agentsOf = (place: Place): number[] => {
  try {
    return processesOf(place.run());
  } catch {
    return [];
  }
};

const doneIn = (place: Place): number => {
  try {
    return place.read("done").split("\n").length - 1;
  } catch {
    return 0;
  }
};

describe("tasks that may not be copied", () => {
  test("never run twice at once while agents and masters are killed and stopped", async () => {
    const place = newPlace();
    try {
      const command = (n: number): string =>
        `flock -n -E 99 lock.${n} sh -c 'sleep 0.6 & sleep 0.5; wait'; test $? = 99 && echo ${n} >> twice; echo ${n} >> done`;
      place.write("bag.txt", Array.from({ length: TASKS }, (_, n) => command(n)).join("\n"));
      place.write(
        "stint.yaml",
        "clusters:\n  a: { provider: local, max: 3, slots: 1 }\n  b: { provider: local, max: 2, slots: 2 }\n",
      );
      let call = place.call("run", "bag.txt", "--choose", "fastest");
      await until(() => doneIn(place) > 5, "the first tasks");
      const [first] = agentsOf(place);
      if (first !== undefined) process.kill(first, "SIGKILL");
      await until(() => doneIn(place) > 15, "work after an agent was killed");
      call.child.kill("SIGKILL");
      await call.ended;
      call = place.call("resume");
      await until(() => doneIn(place) > 25, "work after the master was killed");
      const stopped = agentsOf(place).at(-1);
      if (stopped !== undefined) {
        process.kill(stopped, "SIGSTOP");
        setTimeout(() => process.kill(stopped, "SIGCONT"), 3_000);
      }
      const ended = await call.ended;
      expect(ended.code, ended.stderr).toBe(0);
      expect(place.run().summary().tasks.done).toBe(TASKS);
      expect(() => place.read("twice")).toThrow(/ENOENT/u);
      expect(processesOf(place.run())).toEqual([]);
    } finally {
      place.remove();
    }
  }, 180_000);
});
