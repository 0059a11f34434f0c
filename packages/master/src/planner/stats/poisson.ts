/** The Poisson distribution, as far as decisions need it. */

/** P(X >= count) for a mean: the tail summed term by term, exact where it is tiny. */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Far above what is asked all but nothing lies below it.
  if (mean > 10 * count + 100) return 1;
  let term = Math.exp(-mean);
  for (let k = 1; k <= count; k += 1) term *= mean / k;
  let sum = 0;
  for (let k = count; term > 0 && (k <= mean || term > 1e-12 * sum); k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}
