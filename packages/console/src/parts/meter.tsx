/** A bar of parts of a whole; what it says stands beside it as text, so it is hidden from readers of text. */
import type { JSX } from "preact";

export interface MeterPart {
  readonly of: number;
  readonly kind: string;
}

export function Meter({ parts, whole, mark }: MeterProps): JSX.Element {
  const share = (of: number): string => `${whole > 0 ? Math.min(100, (of / whole) * 100) : 0}%`;
  return (
    <div class="meter" aria-hidden="true">
      {parts.map(({ of, kind }) => (
        <span key={kind} class={`meter-part ${kind}`} style={{ width: share(of) }} />
      ))}
      {mark === undefined ? null : <span class="meter-mark" style={{ left: share(mark) }} />}
    </div>
  );
}

interface MeterProps {
  readonly parts: readonly MeterPart[];
  readonly whole: number;
  readonly mark?: number | undefined;
}
