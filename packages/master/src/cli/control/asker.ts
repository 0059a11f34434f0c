/** How the run's master is spoken to: through its control socket, or in the same process. */
import type { Unwatch } from "../../console/web/runs-port.js";
import { askMaster, followMaster, noMaster } from "./ask-master.js";
import type { Asked, Told } from "./control-words.js";
import type { Followed } from "./followers.js";
import type { RunFolder } from "../../store/run-folder.js";

/** What is answered once. */
export type Question = Exclude<Asked, { ask: "watch" | "follow" }>;

export interface Asker {
  /** A refusal is thrown, and so is that no master can be reached. */
  ask(question: Question): Promise<Told>;
  /** Called back with each document, and once when nobody tells anything any more. */
  follow(as: Followed, tell: (document: unknown) => void, over: () => void): Unwatch;
}

export const askThroughSocket = (folder: RunFolder): Asker => ({
  async ask(question) {
    const told = await askMaster(folder, question);
    if (told === undefined) throw noMaster(folder);
    return told;
  },
  follow(as, tell, over) {
    const left = new AbortController();
    const read = async (): Promise<void> => {
      try {
        for await (const told of followMaster(folder, as, left.signal))
          if (told.kind === "document" && !left.signal.aborted) tell(told.document);
      } catch {
        // A master that ends in the middle of a word tells nothing any more, as one that is over.
      }
      if (!left.signal.aborted) over();
    };
    void read();
    return () => left.abort();
  },
});
