/** Draws a tenant by weight that is not the own one: the conditional distribution, exactly. */
export interface OtherTenant {
  /** @param uniform in [0, 1) */
  draw(own: number, uniform: number): number;
}

export function otherTenant(weights: Float64Array): OtherTenant {
  /** Weights of all tenants up to each, itself included. */
  const cumulated = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) {
    total += weights[i] ?? 0;
    cumulated[i] = total;
  }
  return {
    draw(own, uniform) {
      const before = own === 0 ? 0 : (cumulated[own - 1] ?? 0);
      const weight = (cumulated[own] ?? 0) - before;
      const at = uniform * (total - weight);
      const found = firstAbove(cumulated, at < before ? at : at + weight);
      // By rounding only, and where there is no other.
      return found === own ? (own + 1) % weights.length : found;
    },
  };
}

function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
