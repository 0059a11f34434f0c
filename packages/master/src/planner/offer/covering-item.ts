/**
 * What may be bought so many times in a covering: machines of one kind, on plain integers.
 */
export interface Item {
  readonly yield: number;
  readonly cost: number;
  readonly most: number;
}
