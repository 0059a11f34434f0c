/**
 * Our own mistakes stop the run at once. An invariant is stated positively and carries the values
 * that were compared; it is never used for what a user, a provider or a network can cause.
 */

/** A promise this program made to itself was broken: a defect in stint, never bad input. */
export class BrokenInvariant extends Error {
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(claim: string, facts: Readonly<Record<string, unknown>>) {
    super(`${claim}, but: ${JSON.stringify(facts)}`);
    this.name = "BrokenInvariant";
    this.facts = facts;
  }
}

/** Stops with {@link BrokenInvariant} unless the claim holds. */
export function invariant(
  holds: boolean,
  claim: string,
  facts: Readonly<Record<string, unknown>> = {},
): asserts holds {
  if (!holds) throw new BrokenInvariant(claim, facts);
}

/** The place no case reaches: a compile error when a union grows, a stop if data lied about its type. */
export function unreachable(value: never): never {
  throw new BrokenInvariant("every case is handled", { value });
}

/** The value, which must be there because of what was checked before. */
export function present<T>(
  value: T | undefined | null,
  claim: string,
  facts: Readonly<Record<string, unknown>> = {},
): T {
  invariant(value !== undefined && value !== null, claim, facts);
  return value;
}
