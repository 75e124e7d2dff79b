// Multi-probe consistent hashing: Appleton & O'Reilly 2015, https://arxiv.org/abs/1505.00062
import { present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { type Random64, SplitMix64 } from '../../base/hash/split-mix64.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition, RouterTopology } from '../contract.ts';
import { alikeShardsMovement } from '../expected-movement.ts';
import { finalisedHash } from './finalised-hash.ts';
import { type RingPoints, ringPoints } from './ring-points.ts';
import { RingSearch } from './ring-search.ts';
import { vnodesOf } from './ring-vnodes.ts';

/**
 * Index of the point that lies closest behind one of the first `probes` numbers of `random`, going
 * up and around; ties to the first probe.
 */
export function closestPoint(
  points: RingPoints,
  search: RingSearch,
  random: Random64,
  probes: number,
): number {
  let best = 0;
  let bestHi = 0xffff_ffff;
  let bestLo = 0xffff_ffff;
  for (let probe = 0; probe < probes; probe += 1) {
    random.next();
    const hi = random.hi >>> 0;
    const lo = random.lo >>> 0;
    const at = search.indexOf(hi, lo);
    const pointLo = points.lo[at] ?? 0;
    const borrow = pointLo < lo ? 1 : 0;
    const farHi = ((points.hi[at] ?? 0) - hi - borrow) >>> 0;
    const farLo = (pointLo - lo) >>> 0;
    if (farHi < bestHi || (farHi === bestHi && farLo < bestLo)) {
      best = at;
      bestHi = farHi;
      bestLo = farLo;
    }
  }
  return best;
}

/**
 * A shard has whole points, and as many as its weight: other weights cannot be honoured exactly.
 */
function roundedWeights(topology: RouterTopology, points: readonly number[]): readonly string[] {
  const { weights } = topology;
  const takers = weights.filter((weight) => weight > 0);
  const even = takers.every((weight) => weight === takers[0]) && points.every((each) => each <= 1);
  if (even || weights.every((weight, shard) => weight === points[shard])) return [];
  return [
    'multi-probe gives each shard a whole number of points: weights ' +
      `${weights.join(', ')} count as ${points.join(', ')}; multiply them until they are ` +
      'whole numbers',
  ];
}

/**
 * Growing moves (M - N) / M of the keys on average. With K probes and many shards the fullest has
 * K / (K - 1) of the mean, and the CV of the shares is 1 / sqrt(2 K - 1): a shard close behind
 * another stays below the mean.
 */
export const multiProbe: RouterDefinition = {
  name: 'multi-probe',
  summary: 'a ring with one point for each shard, probed K times: even; any shard can be removed',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    removesAny: true,
    hashes: true,
    hashesLabels: true,
    lookup: 'O(K log n)',
    memory: 'O(n)',
  },
  parameter: { name: 'probes', default: 21, min: 1, max: 1000 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = present(options.hash, 'hash for multi-probe');
    const probes = options.parameter ?? 21;
    const vnodes = vnodesOf(topology, 1);
    const points = ringPoints(finalisedHash(hash), options.salt, vnodes);
    const search = new RingSearch(points, 64);
    const random = new SplitMix64();
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        random.seed(out.hi, out.lo);
        return points.owner[closestPoint(points, search, random, probes)] ?? 0;
      },
      warnings: roundedWeights(topology, vnodes),
    };
  },
  expectedMovement: alikeShardsMovement,
};
