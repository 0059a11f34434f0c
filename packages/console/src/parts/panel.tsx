/** A part of a page under a heading, with what belongs to it at the right. */
import type { ComponentChildren, JSX } from "preact";

export function Panel({ title, aside, kind = "", children }: PanelProps): JSX.Element {
  return (
    <section class={`panel ${kind}`} aria-label={title}>
      <header class="panel-head">
        <h2>{title}</h2>
        <div class="panel-aside">{aside}</div>
      </header>
      {children}
    </section>
  );
}

interface PanelProps {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly kind?: string;
  readonly children: ComponentChildren;
}
