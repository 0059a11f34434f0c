/** What a websocket may look at, a run or the list of all, as something to watch and to compose messages from. */
import type { Message } from "@stint/shared/api/messages.js";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { ServedRuns, Unwatch } from "./runs-port.js";
import type { Looked } from "./shared-updates.js";

export const lookedList = (runs: ServedRuns): Looked => ({
  watch: (changed) => runs.watch(changed),
  compose: async (): Promise<Message> => ({ kind: "runs", runs: await runs.list() }),
});

/** Looked for anew whenever it is watched: a run that was resumed may be another's by now. */
export function lookedRun(runs: ServedRuns, name: string): Looked {
  let latest: LiveView | undefined;
  let gone = false;
  return {
    watch(changed, over) {
      let stop: Unwatch | undefined;
      let unwatched = false;
      const lost = (): void => {
        gone = true;
        over();
      };
      const begin = async (): Promise<void> => {
        const run = await runs.find(name);
        if (unwatched) return;
        if (run === undefined) {
          lost();
          return;
        }
        gone = false;
        stop = run.watch(
          (view) => {
            latest = view;
            changed();
          },
          // After its end a run is looked at as it was left.
          () => (latest?.ended_at == null ? lost() : over()),
        );
      };
      begin().catch(lost);
      return () => {
        unwatched = true;
        stop?.();
      };
    },
    compose(): Promise<Message | undefined> {
      const message: Message | undefined = gone
        ? { kind: "gone", run: name }
        : latest && { kind: "view", view: latest };
      return Promise.resolve(message);
    },
  };
}
