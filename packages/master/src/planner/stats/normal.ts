/** The standard normal distribution, as far as forecasts need it. */

/** One-sided 90 %: P(Z <= Z90) = 0.9. */
export const Z90 = 1.2815515655446004;

/** P(Z <= z), by Abramowitz and Stegun 7.1.26: absolute error below 1e-7. */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - poly * Math.exp(-x * x);
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}

/**
 * The spread that nine of ten samples of this size would exceed what was seen if it were the true one: the upper
 * end of the chi-square interval, by Wilson and Hilferty (1931).
 */
export function spreadAtMost(seen: number, observations: number): number {
  const degrees = observations - 1;
  if (degrees < 1) return Infinity;
  const ninth = 2 / (9 * degrees);
  return seen / Math.max(0.05, 1 - ninth - Z90 * Math.sqrt(ninth)) ** 1.5;
}
