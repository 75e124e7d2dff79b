// Shares of a ring are Dirichlet(V, ..., V); the figures are in Lamping & Veach 2014, table 1.
import type { KeyHash } from '../../base/hash/key-hash.ts';
import type { RouterTopology } from '../contract.ts';
import type { RingPoints } from './ring-points.ts';

/** Fraction of the hash space that each shard owns; `bits` is the width of the hash. */
export function sharesOf(points: RingPoints, shardCount: number, bits: 32 | 64): Float64Array {
  const shares = new Float64Array(shardCount);
  const position = (index: number): number => {
    const hi = points.hi[index] ?? 0;
    const lo = points.lo[index] ?? 0;
    return bits === 32 ? lo / 2 ** 32 : hi / 2 ** 32 + lo / 2 ** 64;
  };
  for (let i = 0; i < points.count; i += 1) {
    const arc =
      i === 0 ? 1 - position(points.count - 1) + position(0) : position(i) - position(i - 1);
    const owner = points.owner[i] ?? 0;
    shares[owner] = (shares[owner] ?? 0) + arc;
  }
  return shares;
}

/** Standard deviation / mean of the shares, each relative to its shard's weight. */
export function shareCvOf(points: RingPoints, topology: RouterTopology, bits: 32 | 64): number {
  const shares = sharesOf(points, topology.shardCount, bits);
  const total = topology.weights.reduce((sum, weight) => sum + weight, 0);
  const relative = [...shares]
    .map((share, shard) => ({ share, due: (topology.weights[shard] ?? 0) / total }))
    .filter(({ due }) => due > 0)
    .map(({ share, due }) => share / due);
  const squares = relative.reduce((sum, each) => sum + (each - 1) ** 2, 0);
  return Math.sqrt(squares / relative.length);
}

/** Expected CV of the shares of n shards with V points each: sqrt((n - 1) / (n V + 1)). */
export function shareCvDue(vnodes: number, shardCount: number): number {
  return Math.sqrt((shardCount - 1) / (shardCount * vnodes + 1));
}

/** FNV-1a barely mixes the last bytes of a label, so a shard's points huddle together. */
export function spreadWarnings(
  hash: KeyHash,
  topology: RouterTopology,
  points: RingPoints,
): string[] {
  if (!hash.name.startsWith('fnv1a') || topology.shardCount === 1) return [];
  const cv = shareCvOf(points, topology, hash.bits).toFixed(2);
  const due = shareCvDue(points.count / topology.shardCount, topology.shardCount).toFixed(2);
  return [
    `${hash.name} spreads the points of a ring unevenly: the CV of the shards' shares is ${cv}, ` +
      `but ${due} is expected; xxh64 and murmur3-128 spread them evenly`,
  ];
}
