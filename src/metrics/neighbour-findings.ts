import { type Fact, fact } from '../result/finding.ts';
import type { TenantClassName, TenantClassResult } from '../result/tenant-class.ts';
import { samplesFor } from './percentiles.ts';

/** One strategy, for what its largest tenant does to those beside it. */
export interface NeighbourFacts {
  readonly strategy: string;
  /** JSON pointer to its cell. */
  readonly place: string;
  readonly tenantClasses: readonly TenantClassResult[];
}

/**
 * Two samples of a p99 differ by less by chance. Its p95 must differ as much: one stop of a server
 * makes one operation in a hundred slow, and is not the neighbour's doing.
 */
const worthSaying = 1.5;

/**
 * Whether tenants that share a shard with the largest wait longer than those who do not, or fail
 * where these do not; nothing where the samples are too small to tell, or alike. Operations on one
 * shard are compared: those on several wait for the largest wherever their tenant is.
 */
export function neighbourFinding({ strategy, place, tenantClasses }: NeighbourFacts): Fact[] {
  const of = (name: TenantClassName) => tenantClasses.find((each) => each.class === name);
  const largest = of('largest');
  const beside = of('others-beside-largest');
  const elsewhere = of('others-elsewhere');
  if (!largest || !beside || !elsewhere) return [];
  const [near, far] = [beside.singleShardMs, elsewhere.singleShardMs];
  if (Math.min(near.count, far.count) < samplesFor.p99) return [];
  const { p95, p99 } = far;
  if (p95 === null || p99 === null) return [];
  const { shards = [] } = largest;
  const details = {
    severity: 'warning' as const,
    numbers: {
      shardsWithLargest: shards.length,
      // Of several there is no one shard to name.
      shard: shards.length === 1 ? shards[0] : null,
      largestTenants: largest.tenants,
      besideMsP99: near.p99,
      elsewhereMsP99: p99,
      failedFraction: 1 - near.ok.count / near.count,
    },
    names: { strategy },
    place: `${place}/tenantClasses`,
  };
  // With a thousand samples it is not known only where it falls among those that failed.
  if (near.p99 === null) return [fact('neighbours-of-largest-fail', details)];
  if (near.p99 <= worthSaying * p99 || (near.p95 ?? Infinity) <= worthSaying * p95) return [];
  return [fact('neighbours-of-largest-wait', details)];
}
