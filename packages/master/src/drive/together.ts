/** Several who watch, as one: each is told in this order. */
import type { Audience } from "./ports.js";

export const together = (audiences: readonly Audience[]): Audience => ({
  seen(frame, run, closed) {
    for (const one of audiences) one.seen(frame, run, closed);
  },
});
