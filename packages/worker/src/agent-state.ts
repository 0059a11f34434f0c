/**
 * Where does an agent stand between its first hello and its end? Pure: told what happened, it says what is now.
 *
 *     idle <--holds tasks or not--> running
 *        \                           /
 *         --drain--> draining <-----       takes no more, ends what it holds, sees it acknowledged
 *                       |
 *     any --parting--> gone                everything that still runs is ended first
 */
import { unreachable } from "@stint/shared/invariant.js";
import type { RefusalCode } from "@stint/shared/wire/messages.js";

/** Why an agent ends. */
export type Parting =
  | { readonly kind: "drained" }
  /** What its machine is paid for ends. */
  | { readonly kind: "lease-ends" }
  | { readonly kind: "told-to-end" }
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly text: string };

export type AgentState =
  | { readonly kind: "idle" }
  | { readonly kind: "running" }
  | { readonly kind: "draining" }
  | { readonly kind: "gone"; readonly because: Parting };

export type AgentNews =
  /** What it holds now: tasks that run or wait, and results that nobody has acknowledged. */
  | { readonly kind: "holds"; readonly tasks: number; readonly unacknowledged: number }
  | { readonly kind: "drain-asked" }
  | { readonly kind: "parting"; readonly because: Parting };

export const NEW_AGENT: AgentState = { kind: "idle" };

export function afterNews(state: AgentState, news: AgentNews): AgentState {
  if (state.kind === "gone") return state;
  switch (news.kind) {
    case "parting":
      return { kind: "gone", because: news.because };
    case "drain-asked":
      return { kind: "draining" };
    case "holds":
      if (state.kind !== "draining") return { kind: news.tasks > 0 ? "running" : "idle" };
      return news.tasks + news.unacknowledged > 0 ? state : { kind: "gone", because: { kind: "drained" } };
    default:
      return unreachable(news);
  }
}

export const takesTasks = (state: AgentState): boolean => state.kind === "idle" || state.kind === "running";

/** 0 for an end that belongs to an agent's life, 1 when it was never or is no longer wanted for another reason. */
export const exitCodeOf = (because: Parting): 0 | 1 =>
  because.kind === "refused" && because.code !== "released" ? 1 : 0;
