/** An instant in the reader's zone, with UTC when the pointer rests on it. */
import type { JSX } from "preact";
import { clock, clockToTheSecond, inUtc } from "../words/time.js";

export function Clock({
  at,
  precise = false,
}: {
  readonly at: number;
  readonly precise?: boolean;
}): JSX.Element {
  return (
    <time dateTime={new Date(at).toISOString()} title={inUtc(at)}>
      {precise ? clockToTheSecond(at) : clock(at)}
    </time>
  );
}
