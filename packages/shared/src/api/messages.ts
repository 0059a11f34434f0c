/** What goes over the websocket: a browser says what it wants to see, and is told at most four times a second. */
import { z } from "zod";
import { liveView } from "./live-view.js";
import { runName, runs } from "./runs.js";

export const UPDATES_A_SECOND_MOST = 4;

export const wish = z.discriminatedUnion("want", [
  z.strictObject({ want: z.literal("runs") }),
  z.strictObject({ want: z.literal("run"), run: runName }),
]);
export type Wish = z.infer<typeof wish>;

export const message = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("runs"), runs }),
  z.strictObject({ kind: z.literal("view"), view: liveView }),
  /** No such run, or its master is gone. */
  z.strictObject({ kind: z.literal("gone"), run: z.string() }),
]);
export type Message = z.infer<typeof message>;
