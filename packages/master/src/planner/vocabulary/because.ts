/**
 * The reason a decision carries, with the numbers that were compared. Each room declares its own closed
 * union of reasons; `reasons.ts` unites them and turns them into sentences.
 */
export interface Because {
  readonly kind: string;
  readonly [fact: string]: unknown;
}
