import { assert, present } from '../base/assert.ts';
import type { ExpectedMovement, RouterTopology } from './contract.ts';
import { vnodesOf } from './algorithms/ring-vnodes.ts';
import { takersOf } from './weights.ts';

/** First and last topology of the part of a path that movement is over. */
export function endsOf(path: readonly RouterTopology[], from: number) {
  assert(from < path.length, 'a place on the path');
  return { before: present(path[from], 'start'), after: present(path.at(-1), 'end') };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * Hash modulo the number of shards: a key stays when both remainders are equal, min / lcm of all.
 * Exact for whole numbers as they are over a multiple of the lcm.
 */
export function remainderMovement(path: readonly RouterTopology[], from: number): ExpectedMovement {
  const { before, after } = endsOf(path, from);
  const n = before.shardCount;
  const m = after.shardCount;
  return {
    meanFraction: 1 - commonDivisor(n, m) / Math.max(n, m),
    sdFraction: 0,
    of: 'keys',
    formula: '1 - gcd(N, M) / max(N, M)',
  };
}

const least = 'k / (n + k)';

/**
 * The least there is, of routers that number their shards and know nothing but how many: |M - N| /
 * max.
 */
export function lastShardsMovement(
  path: readonly RouterTopology[],
  from: number,
): ExpectedMovement {
  const counts = path.slice(from).map(({ shardCount }) => shardCount);
  const { before, after } = endsOf(path, from);
  const most = Math.max(before.shardCount, after.shardCount);
  assert(counts.length > 0, 'a topology');
  return {
    meanFraction: Math.abs(after.shardCount - before.shardCount) / most,
    sdFraction: 0,
    of: 'keys',
    formula: least,
  };
}

/** Shards with a weight before and after, those in both, and those in either. */
function takerCounts(before: RouterTopology, after: RouterTopology) {
  const old = new Set(takersOf(before));
  const taking = new Set(takersOf(after));
  const common = [...old].filter((shard) => taking.has(shard)).length;
  return { old: old.size, next: taking.size, common, either: old.size + taking.size - common };
}

/**
 * Each shard bids for a key, all bids alike, and the highest wins: a key stays when the winner
 * among all the shards of both topologies is in both.
 */
export function equalBidsMovement(path: readonly RouterTopology[], from: number): ExpectedMovement {
  const { before, after } = endsOf(path, from);
  const { common, either } = takerCounts(before, after);
  return {
    meanFraction: 1 - common / either,
    sdFraction: 0,
    of: 'keys',
    formula: '1 - shards in both / shards in either',
  };
}

/** Above this the double sum of weightedBidsMovement is too long to wait for. */
const shardsSummed = 4096;

/**
 * Bids by weight, the least of exponential times of rate w: shard i keeps a key when its time t is
 * the least with both sets of weights, that is when no other time is below t x max(w_j / w_i).
 * The time of i so wins with probability 1 / sum over j of max(w_j / w_i, w'_j / w'_i).
 */
export function weightedBidsMovement(
  path: readonly RouterTopology[],
  from: number,
): ExpectedMovement | null {
  const { before, after } = endsOf(path, from);
  const shards = Math.max(before.shardCount, after.shardCount);
  if (shards > shardsSummed) return null;
  let staying = 0;
  for (let shard = 0; shard < shards; shard += 1) {
    const old = before.weights[shard] ?? 0;
    const own = after.weights[shard] ?? 0;
    if (old === 0 || own === 0) continue;
    let rates = 0;
    for (let other = 0; other < shards; other += 1) {
      rates += Math.max((before.weights[other] ?? 0) / old, (after.weights[other] ?? 0) / own);
    }
    staying += 1 / rates;
  }
  return {
    meanFraction: Math.max(0, 1 - staying),
    sdFraction: 0,
    of: 'keys',
    formula: '1 - sum over i of 1 / sum over j of max(w_j / w_i)',
  };
}

/**
 * Routers that remember which shards came and went: adding and removing move the least, and a
 * replaced shard's keys go to its replacement. What a path that does both leaves is not in a
 * formula.
 */
export function rememberedMovement(
  path: readonly RouterTopology[],
  from: number,
): ExpectedMovement | null {
  const { before, after } = endsOf(path, from);
  const steps = path.slice(from + 1).map((next, step) => {
    return takerCounts(present(path[from + step], 'step'), next);
  });
  const adds = steps.every(({ old, common }) => common === old);
  const removes = steps.every(({ next, common }) => common === next);
  const { old, next, common } = takerCounts(before, after);
  const replaces = steps.length === 1 && old === next && common > 0;
  if (!adds && !removes && !replaces) return null;
  return {
    meanFraction: 1 - common / Math.max(old, next),
    sdFraction: 0,
    of: 'keys',
    formula: least,
  };
}

/**
 * A ring. All points of both topologies, T, cut it alike; a key's next point is of a shard that
 * keeps it with the share of points in both, and otherwise the next one that the other topology has
 * decides. Where whole shards come and go the share is Beta(points of those, points of the others).
 */
export function ringMovement(
  path: readonly RouterTopology[],
  from: number,
  perShard: number,
): ExpectedMovement {
  const { before, after } = endsOf(path, from);
  const old = vnodesOf(before, perShard);
  const next = vnodesOf(after, perShard);
  const shards = Array.from({ length: Math.max(old.length, next.length) }, (_, shard) => ({
    old: old[shard] ?? 0,
    next: next[shard] ?? 0,
  }));
  const total = (points: (shard: { old: number; next: number }) => number): number =>
    shards.reduce((sum, shard) => sum + points(shard), 0);
  const oldTotal = total((shard) => shard.old);
  const nextTotal = total((shard) => shard.next);
  const all = total((shard) => Math.max(shard.old, shard.next));
  // A point that only one topology has moves its keys, unless the other one gives them to its
  // shard.
  const moved = total((shard) =>
    shard.next > shard.old
      ? ((shard.next - shard.old) / all) * (1 - shard.old / oldTotal)
      : ((shard.old - shard.next) / all) * (1 - shard.next / nextTotal),
  );
  const isWhole = shards.every((shard) => {
    return shard.old === shard.next || shard.old === 0 || shard.next === 0;
  });
  return {
    meanFraction: moved,
    // Variance of Beta(a, b) is m (1 - m) / (a + b + 1).
    sdFraction: isWhole ? Math.sqrt((moved * (1 - moved)) / (all + 1)) : null,
    of: 'keys',
    formula: 'k / (n + k) on average, Beta(kV, nV) around it',
  };
}

/** Shards that differ by chance only: each has the same share on average, whatever their shape. */
export function alikeShardsMovement(
  path: readonly RouterTopology[],
  from: number,
): ExpectedMovement | null {
  const { before, after } = endsOf(path, from);
  const weights = [...before.weights, ...after.weights].filter((weight) => weight > 0);
  if (weights.some((weight) => weight !== weights[0])) return null;
  const { old, next, common } = takerCounts(before, after);
  if (common !== Math.min(old, next)) return null;
  return {
    meanFraction: 1 - common / Math.max(old, next),
    sdFraction: null,
    of: 'keys',
    formula: `${least} on average`,
  };
}
