/** What the marks of a picture mean, and what it says where the reader looks. */
import type { ComponentChildren, JSX } from "preact";
import { Clock } from "../parts/time.js";

export interface KeyEntry {
  /** Classes of the sample: its form and its colour. */
  readonly kind: string;
  readonly text: string;
}

export const Key = ({ entries }: { readonly entries: readonly KeyEntry[] }): JSX.Element => (
  <ul class="key">
    {entries.map(({ kind, text }) => (
      <li key={text}>
        <span class={`sample ${kind}`} aria-hidden="true" />
        {text}
      </li>
    ))}
  </ul>
);

export const Readout = ({ at, chosen, short, children }: ReadoutProps): JSX.Element => (
  <p class={`readout ${chosen ? "chosen" : ""}`}>
    {at === undefined ? null : (
      <span class="quiet">
        <Clock at={at * 1_000} precise={short} />{" "}
      </span>
    )}
    {children}
  </p>
);

interface ReadoutProps {
  readonly at: number | undefined;
  readonly short: boolean;
  /** The reader points at it; else it is the newest. */
  readonly chosen: boolean;
  readonly children: ComponentChildren;
}
