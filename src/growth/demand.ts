import { assert } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Operation } from '../scenario/types.ts';
import { classify, type Routing } from '../workload/classify.ts';
import type { Touches } from './touches.ts';

/** An operation of the mix and its work. */
export interface OperationWork {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly routing: Routing;
  /** Of all operations. */
  readonly share: number;
  /** Work of one execution where everything is on one database; the mix's mean is 1. */
  readonly cost: number;
  readonly scan: boolean;
  readonly costSource: 'given' | 'measured' | 'unmeasured';
  /** Of the cost; null: not known. */
  readonly costInterval: { readonly low: number; readonly high: number } | null;
}

/** The mix under a shard key; null is a database that holds everything. */
export function mixOf(
  operations: readonly Operation[],
  costs: readonly OperationCost[],
  keyName: string | null,
  splitBy: string | null = null,
): OperationWork[] {
  const total = operations.reduce((all, { weight }) => all + weight, 0);
  const costOf = (name: string): number => costs.find((each) => each.name === name)?.cost ?? 1;
  const mean = operations.reduce((all, { name, weight }) => all + weight * costOf(name), 0) / total;
  return operations.map((operation) => {
    const listed = costs.find((each) => each.name === operation.name);
    const { low, high } = listed?.interval ?? { low: null, high: null };
    return {
      name: operation.name,
      kind: operation.kind,
      routing: classify(operation, keyName, splitBy),
      share: operation.weight / total,
      cost: costOf(operation.name) / mean,
      scan: listed?.scan ?? false,
      costSource: listed === undefined ? 'unmeasured' : (listed.source ?? 'given'),
      costInterval: low === null ? null : { low: low / mean, high: high / mean },
    };
  });
}

/** Share of the operations that write. */
export function writeFraction(mix: readonly OperationWork[]): number {
  return mix.reduce((all, { kind, share }) => all + (kind === 'write' ? share : 0), 0);
}

/**
 * Work that one operation of the mix brings to each shard: the sum over the operations of
 * share x P(it touches the shard) x cost. 1 in all, where each operation is on one shard.
 */
export interface Demand {
  /** Capacity of each shard relative to the mean present one; 0 for a shard that takes no keys. */
  readonly capacities: readonly number[];
  /** Work of operations that the shard key directs. */
  readonly keyed: Float64Array;
  /** Work of those that go to all shards. */
  readonly scattered: Float64Array;
  /** By operation: its share of the above on each shard. */
  readonly byOperation: readonly Float64Array[];
}

/**
 * @param unit the weight of a shard of capacity 1: that of the mean present one, so that a shard
 *   takes as much after others came as it did before
 */
export function demandOf(
  mix: readonly OperationWork[],
  touched: Touches,
  rowShares: Float64Array,
  weights: readonly number[],
  unit = meanWeight(weights),
): Demand {
  const shards = weights.length;
  const capacities = weights.map((weight) => weight / unit);
  const keyed = new Float64Array(shards);
  const scattered = new Float64Array(shards);
  const byOperation = mix.map(({ share, cost, scan, routing }, operation) => {
    const into = routing === 'scatter-gather' ? scattered : keyed;
    const own = new Float64Array(shards);
    for (let shard = 0; shard < shards; shard += 1) {
      if (capacities[shard] === 0) continue;
      const work = share * cost * (scan ? (rowShares[shard] ?? 0) : 1);
      own[shard] = work * (touched[operation]?.[shard] ?? 0);
      into[shard] = (into[shard] ?? 0) + (own[shard] ?? 0);
    }
    return own;
  });
  return { capacities, keyed, scattered, byOperation };
}

/** Over the shards that take keys. */
export function meanWeight(weights: readonly number[]): number {
  const takers = weights.filter((weight) => weight > 0);
  assert(takers.length > 0, 'a shard that takes keys');
  return sum(takers) / takers.length;
}

/** A shard's part of the keyed work, if that were spread as the shards' capacities are. */
export function evenKeyedWork({ capacities, keyed }: Demand, shard: number): number {
  return (sum(keyed) * (capacities[shard] ?? 0)) / sum(capacities);
}

/** Work of each shard as a multiple of what the mean shard may carry; 0 where it takes no keys. */
export function pressures({ capacities, keyed, scattered }: Demand): Float64Array {
  return Float64Array.from(capacities, (capacity, shard) =>
    capacity === 0 ? 0 : ((keyed[shard] ?? 0) + (scattered[shard] ?? 0)) / capacity,
  );
}

/** How many databases' work the shards do: 1 / the work of the fullest one. */
export function effectiveShards(demand: Demand): {
  readonly shards: number;
  readonly hottest: number;
} {
  const all = pressures(demand);
  let hottest = 0;
  for (const [shard, pressure] of all.entries()) {
    if (pressure > (all[hottest] ?? 0)) hottest = shard;
  }
  return { shards: 1 / (all[hottest] ?? 0), hottest };
}

interface ScatteredPart {
  readonly work: number;
  readonly names: readonly string[];
}

/**
 * What operations that ask all shards make one of them do: look-ups, which cost each shard the same
 * however many there are, and scans, which cost each what its rows do.
 */
export function scatteredWork(
  { mix, demand }: { readonly mix: readonly OperationWork[]; readonly demand: Demand },
  shard: number,
): { readonly lookUps: ScatteredPart; readonly scans: ScatteredPart } {
  const part = (ofScans: boolean): ScatteredPart => {
    const own = [...mix.entries()].filter(
      ([, { routing, scan }]) => routing === 'scatter-gather' && scan === ofScans,
    );
    return {
      work: sum(own.map(([operation]) => demand.byOperation[operation]?.[shard] ?? 0)),
      names: own.map(([, { name }]) => name),
    };
  };
  return { lookUps: part(false), scans: part(true) };
}
