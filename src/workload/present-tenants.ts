import type { TenantChanges } from './types.ts';

/**
 * Who is there at a moment, where tenants join and leave. A tree of the sizes of those present:
 * leaf count + t is tenant t, node i the sum of nodes 2i and 2i + 1. A change costs as many steps
 * as a draw, the logarithm of their number, where an alias table for each stretch between two
 * changes would need memory for all tenants times all changes. Sums are added up anew from below,
 * never subtracted from: the part of one who is not there is exactly 0.
 */
export class PresentTenants {
  private readonly count: number;
  private readonly sums: Float64Array;
  private readonly changes: TenantChanges;
  private readonly windowNs: number;
  private next = 0;
  private nextNs = Infinity;

  /** @param windowNs how long the changes are spread over; Infinity: none of them comes */
  constructor(changes: TenantChanges, windowNs: number) {
    const { sizes, tenants, joins } = changes;
    this.changes = changes;
    this.windowNs = windowNs;
    this.count = sizes.length;
    this.sums = new Float64Array(2 * sizes.length);
    this.sums.set(sizes, sizes.length);
    for (const [i, tenant] of tenants.entries()) {
      if (joins[i] === 1) this.sums[sizes.length + tenant] = 0;
    }
    for (let node = sizes.length - 1; node > 0; node -= 1) this.addUp(node);
    this.nextNs = this.momentOf(0);
  }

  /** Sizes of all who are there, together. */
  get total(): number {
    return this.sums[1] ?? 0;
  }

  /** Makes the changes up to a moment and at it; moments never fall. */
  advance(ns: number): void {
    while (this.nextNs <= ns && this.next < this.changes.tenants.length) {
      this.change();
      this.nextNs = this.momentOf(this.next);
    }
  }

  /** Makes the next change. */
  change(): void {
    const { tenants, joins, sizes } = this.changes;
    const tenant = tenants[this.next] ?? 0;
    let node = this.count + tenant;
    this.sums[node] = joins[this.next] === 1 ? (sizes[tenant] ?? 0) : 0;
    for (node >>>= 1; node > 0; node >>>= 1) this.addUp(node);
    this.next += 1;
  }

  isThere(tenant: number): boolean {
    return (this.sums[this.count + tenant] ?? 0) > 0;
  }

  /** One who is there, by size; `uniform` is in [0, 1). */
  draw(uniform: number): number {
    const { sums, count } = this;
    let rest = uniform * this.total;
    let node = 1;
    while (node < count) {
      node *= 2;
      const left = sums[node] ?? 0;
      // What rounding leaves at the end of a range must not lead to where nobody is.
      if (rest >= left && (sums[node + 1] ?? 0) > 0) {
        rest -= left;
        node += 1;
      }
    }
    return node - count;
  }

  private addUp(node: number): void {
    this.sums[node] = (this.sums[2 * node] ?? 0) + (this.sums[2 * node + 1] ?? 0);
  }

  private momentOf(change: number): number {
    const moment = this.changes.moments[change];
    return moment === undefined ? Infinity : Math.round(moment * this.windowNs);
  }
}
