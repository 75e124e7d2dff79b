import { buildAlias, type AliasTable, drawAlias } from './alias.ts';
import { below, mix, saltOf, toUniform } from './mix.ts';
import type { Rows, Workload } from './types.ts';

/**
 * The rows that an arrival refers to besides its own. All of them follow from the arrival's row and
 * tenant, so that routing and statements find the same ones. Allocates nothing.
 */
export interface References {
  /** What the last `pickOther` found. */
  readonly otherTenant: number;
  readonly otherRow: number;
  /**
   * The second row, which `other.` parameters stand for: a loaded row of a tenant drawn by weight.
   * It is another tenant than that of `row`, if `row` is a loaded one.
   */
  pickOther(row: number): void;
  /**
   * Row `index` of a list: loaded rows of the tenant, one after the other from a place that follows
   * from `row`, and over again when the tenant has fewer.
   */
  listRow(tenant: number, row: number, index: number): number;
  /**
   * Last row of a range of `count` rows from `row` on, in the order of ids and times; the range
   * ends with the loaded rows (or with `row`, if that is a new one).
   */
  rangeEnd(row: number, count: number): number;
}

export function createReferences(workload: Workload): References {
  return new RowReferences(workload);
}

/** Drawing the arrival's own tenant so often is likely only where it has nearly all of the load. */
const maxDraws = 8;

class RowReferences implements References {
  otherTenant = 0;
  otherRow = 0;
  private readonly tenantCount: number;
  private readonly rows: Rows;
  private readonly weights: Float64Array;
  /** Made when first drawn from: few workloads have second rows. */
  private table: AliasTable | null = null;
  private readonly high: number;
  private readonly low: number;
  private readonly place: number;
  private readonly list: number;

  constructor(workload: Workload) {
    const { seed, tenants, rows } = workload;
    this.tenantCount = tenants.count;
    this.rows = rows;
    this.weights = tenants.weights;
    this.high = saltOf(seed, 'other/high');
    this.low = saltOf(seed, 'other/low');
    this.place = saltOf(seed, 'other/row');
    this.list = saltOf(seed, 'list');
  }

  pickOther(row: number): void {
    const own = row < this.rows.count ? this.rows.tenantOf[row] : -1;
    let other = own ?? -1;
    this.table ??= buildAlias(this.weights);
    for (let draw = 0; draw === 0 || (draw < maxDraws && other === own); draw += 1) {
      other = drawAlias(this.table, toUniform(mix(this.high, row, draw), mix(this.low, row, draw)));
    }
    if (other === own) other = (other + 1) % this.tenantCount;
    this.otherTenant = other;
    this.otherRow = this.rowOf(other, mix(this.place, row, other), 0);
  }

  listRow(tenant: number, row: number, index: number): number {
    return this.rowOf(tenant, mix(this.list, tenant, row), index);
  }

  rangeEnd(row: number, count: number): number {
    return Math.max(row, Math.min(row + count - 1, this.rows.count - 1));
  }

  /** The tenant's row that lies `index` after the one a word stands for, cyclically. */
  private rowOf(tenant: number, word: number, index: number): number {
    const { starts, order } = this.rows;
    const start = starts[tenant] ?? 0;
    const count = (starts[tenant + 1] ?? 0) - start;
    return order[start + ((below(word, count) + index) % count)] ?? 0;
  }
}
