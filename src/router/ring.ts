// Consistent hashing: Karger et al. 1997, https://doi.org/10.1145/258533.258660
import { present } from '../base/assert.ts';
import type { Hash64, KeyHash } from '../base/hash/key-hash.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import type { RouterDefinition, RouterTopology } from './contract.ts';
import { firstPoint, type RingPoints, ringPoints } from './ring-points.ts';
import { shareCvDue, shareCvOf } from './ring-shares.ts';

const pointsMax = 2 ** 24;

/** Points of each shard: V for weight 1. Absolute, so growing leaves the others' points alone. */
function vnodesOf(topology: RouterTopology, perShard: number): number[] {
  const vnodes = topology.weights.map((weight) =>
    weight === 0 ? 0 : Math.max(1, Math.round(perShard * weight)),
  );
  const total = vnodes.reduce((sum, each) => sum + each, 0);
  if (total > pointsMax) {
    throw new UserError(
      `a ring of ${total} points is too large; at most ${pointsMax} are allowed`,
      {
        exitCode: exitCodes.usage,
        hint: 'points = vnodes x the sum of the shard weights: take fewer vnodes, or weights near 1',
      },
    );
  }
  return vnodes;
}

/**
 * For each value of the top bits the first point not below it, so that a search looks at the few
 * points that share its top bits and not at all of them.
 */
function bucketStarts(points: RingPoints, top: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(2 ** (32 - shift) + 1).fill(points.count);
  for (let i = points.count - 1; i >= 0; i -= 1) starts[(top[i] ?? 0) >>> shift] = i;
  for (let i = starts.length - 2; i >= 0; i -= 1) {
    starts[i] = Math.min(starts[i] ?? 0, starts[i + 1] ?? 0);
  }
  return starts;
}

/** FNV-1a barely mixes the last bytes of a label, so a shard's points huddle together. */
function spreadWarnings(hash: KeyHash, topology: RouterTopology, points: RingPoints): string[] {
  if (!hash.name.startsWith('fnv1a') || topology.shardCount === 1) return [];
  const cv = shareCvOf(points, topology, hash.bits).toFixed(2);
  const due = shareCvDue(points.count / topology.shardCount, topology.shardCount).toFixed(2);
  return [
    `${hash.name} spreads the points of a ring badly: the CV of the shards' shares is ${cv} ` +
      `where ${due} is due; xxh64 and murmur3-128 are even`,
  ];
}

/** Growing moves (M - N) / M of the keys on average; share CV is sqrt((N - 1) / (N V + 1)). */
export const ring: RouterDefinition = {
  name: 'ring',
  summary: 'consistent hashing: V points a shard on a ring; any shard can go, weights are honoured',
  traits: {
    monotone: true,
    weighted: true,
    ordered: false,
    removesAny: true,
    hashes: true,
    hashesLabels: true,
    lookup: 'O(log nV)',
    memory: 'O(nV)',
    placesKnownKeys: false,
  },
  parameter: { name: 'vnodes', default: 150, min: 1, max: 100_000 },
  keyTypes: ['text', 'int8', 'uuid'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = present(options.hash, 'hash for ring');
    const vnodes = vnodesOf(topology, options.parameter ?? 150);
    const points = ringPoints(hash, options.salt, vnodes);
    const narrow = hash.bits === 32;
    const shift = Math.max(8, Math.clz32(points.count));
    const starts = bucketStarts(points, narrow ? points.lo : points.hi, shift);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        const bucket = (narrow ? out.lo : out.hi) >>> shift;
        const first = starts[bucket] ?? 0;
        const at = firstPoint(points, out.hi, out.lo, first, starts[bucket + 1] ?? 0);
        return points.owner[at === points.count ? 0 : at] ?? 0;
      },
      warnings: spreadWarnings(hash, topology, points),
    };
  },
};
