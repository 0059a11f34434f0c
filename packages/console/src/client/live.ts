/**
 * The websocket that tells how a run looks. It says what it wants to see, connects again by itself, and says how it
 * stands; of what it is told it keeps nothing.
 */
import type { Message, Wish } from "@stint/shared/api/messages.js";
import { waitBefore } from "./backoff.js";

export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "lost"; readonly since: number; readonly retryAt: number };

export interface LinkEars {
  readonly told: (message: Message) => void;
  readonly state: (state: LinkState) => void;
  /** The connection could not be made: perhaps nobody is signed in any more. */
  readonly failed: () => void;
}

/** A line that was cut says nothing; it is asked whether it still stands when it has been still for so long. */
const STILL_MOST_MS = 20_000;
const LOOK_EVERY_MS = 5_000;

export class LiveLink {
  readonly #ears: LinkEars;
  readonly #look = setInterval(() => void this.#lookWhetherItStands(), LOOK_EVERY_MS);
  #socket: WebSocket | undefined;
  #wish: Wish = { want: "runs" };
  #tries = 0;
  #lostSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;

  constructor(ears: LinkEars) {
    this.#ears = ears;
    addEventListener("online", this.retry);
    this.#open();
  }

  want(wish: Wish): void {
    this.#wish = wish;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(wish));
  }

  readonly retry = (): void => {
    if (this.#socket === undefined) this.#open();
  };

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    removeEventListener("online", this.retry);
    clearTimeout(this.#timer);
    clearInterval(this.#look);
    socket?.close();
  }

  #open(): void {
    clearTimeout(this.#timer);
    const made = new WebSocket(addressOfLive());
    this.#socket = made;
    if (this.#lostSince === undefined) this.#ears.state({ kind: "connecting" });
    made.onopen = () => this.#begin(made);
    made.onmessage = ({ data }) => {
      if (this.#socket !== made) return;
      this.#heardAt = Date.now();
      this.#ears.told(JSON.parse(String(data)) as Message);
    };
    made.onclose = () => {
      if (this.#socket === made) this.#again();
    };
  }

  #begin(made: WebSocket): void {
    if (this.#socket !== made) return;
    this.#tries = 0;
    this.#heardAt = Date.now();
    this.#lostSince = undefined;
    this.#ears.state({ kind: "live" });
    made.send(JSON.stringify(this.#wish));
  }

  #again(): void {
    this.#socket = undefined;
    this.#lostSince ??= Date.now();
    const wait = waitBefore(this.#tries++, Math.random());
    this.#ears.state({ kind: "lost", since: this.#lostSince, retryAt: Date.now() + wait });
    this.#ears.failed();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  async #lookWhetherItStands(): Promise<void> {
    const looked = this.#socket;
    if (looked?.readyState !== WebSocket.OPEN || Date.now() - this.#heardAt < STILL_MOST_MS) return;
    this.#heardAt = Date.now();
    if ((await answers()) || this.#socket !== looked) return;
    looked.close();
    this.#again();
  }
}

const addressOfLive = (): string =>
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`;

/** Whether the master is there at all. */
async function answers(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LOOK_EVERY_MS) })).ok;
  } catch {
    return false;
  }
}
