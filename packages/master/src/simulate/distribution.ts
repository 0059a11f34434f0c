/**
 * What is known of a quantity that differs from one time to the next: boot times, runtimes. Plain values in
 * seconds; whoever draws from one clamps at 0 and rounds to the microsecond.
 */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "normal"; readonly mean: number; readonly deviation: number }
  /** `cv`: standard deviation / mean, of the values and not of their logarithms. */
  | { readonly kind: "lognormal"; readonly mean: number; readonly cv: number }
  /** scale / Z², Z standard normal; a draw beyond `most` is drawn anew. Its mean without `most` is infinite. */
  | { readonly kind: "levy"; readonly scale: number; readonly most: number }
  | { readonly kind: "uniform"; readonly least: number; readonly most: number }
  /** Measured ones, each as likely as the others; at least one. */
  | { readonly kind: "values"; readonly values: readonly number[] };
