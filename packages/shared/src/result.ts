/** An expected outcome as a value: it went well, or it did not and here is why. */
export type Result<T, F> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

export const done = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const failed = <F>(failure: F): Result<never, F> => ({ ok: false, failure });
