import { normalised } from './normalised.ts';

/** Shares proportional to rank^-exponent, for any exponent >= 0. */
export function zipfWeights(count: number, exponent: number): Float64Array {
  return normalised(new Float64Array(count).map((_, i) => (i + 1) ** -exponent));
}
