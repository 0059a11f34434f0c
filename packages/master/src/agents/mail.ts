/** What is to be done when an event is durable? Remembered from the moment it is delivered until it is settled. */
import type { Deliver } from "../drive/ports.js";
import type { RunEvent } from "../planner/records.js";
import type { Post } from "./machine-agent.js";

export interface Mail {
  readonly post: Post;
  settled(event: RunEvent): void;
  /** Nothing more is delivered. */
  close(): void;
}

export function createMail(deliver: Deliver): Mail {
  const awaited = new Map<RunEvent, () => void>();
  let open = true;
  return {
    post(event, durable) {
      if (!open) return;
      if (durable !== undefined) awaited.set(event, durable);
      deliver(event);
    },
    settled(event) {
      const durable = awaited.get(event);
      awaited.delete(event);
      if (open) durable?.();
    },
    close() {
      open = false;
      awaited.clear();
    },
  };
}
