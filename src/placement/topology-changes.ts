import { assert } from '../base/assert.ts';
import type { RouterDefinition, RouterTopology } from '../router/contract.ts';

/**
 * The topology with so many shards: new ones have the last one's capacity, the last ones go first.
 */
export function resizedTo(topology: RouterTopology, shardCount: number): RouterTopology {
  const { weights } = topology;
  const last = weights.at(-1) ?? 1;
  // Who adds a shard adds what is bought today; a shard that was taken out of use is not.
  const added = last === 0 ? (weights.findLast((weight) => weight > 0) ?? 1) : last;
  return {
    shardCount,
    weights: Array.from({ length: shardCount }, (_, shard) => weights[shard] ?? added),
  };
}

/** The topologies of a path of shard counts, the present one first. */
export function topologiesAlong(
  start: RouterTopology,
  counts: readonly number[],
): RouterTopology[] {
  const path = [start];
  for (const count of counts) path.push(resizedTo(path.at(-1) ?? start, count));
  return path;
}

/** One shard out of use: the last one is gone, any other keeps its number and gets weight 0. */
export function withoutShard(topology: RouterTopology, shard: number): RouterTopology {
  const { shardCount, weights } = topology;
  assert(shard >= 0 && shard < shardCount, 'a shard of the topology');
  if (shard === shardCount - 1) return resizedTo(topology, shard);
  return { shardCount, weights: weights.map((weight, each) => (each === shard ? 0 : weight)) };
}

/** A new shard of the same capacity for one that goes. */
export function withReplacedShard(topology: RouterTopology, shard: number): RouterTopology {
  const { shardCount, weights } = topology;
  assert(shard >= 0 && shard < shardCount, 'a shard of the topology');
  return {
    shardCount: shardCount + 1,
    weights: [...weights.map((weight, each) => (each === shard ? 0 : weight)), weights[shard] ?? 1],
  };
}

/**
 * Why a router cannot make this change, each reason in a sentence; none when it can. A router that
 * ignores weights would not fail but leave everything where it is.
 */
export function changeProblems(
  { name, traits }: RouterDefinition,
  before: RouterTopology,
  after: RouterTopology,
): string[] {
  const problems: string[] = [];
  const gone = after.weights.flatMap((weight, shard) => {
    return weight === 0 && (before.weights[shard] ?? 0) > 0 ? [shard] : [];
  });
  if (gone.length > 0 && !traits.removesAny) {
    problems.push(
      `${name} cannot take shard ${gone.join(', ')} out of use: it can remove only the last shard`,
    );
  }
  if (isReweighed(before, after) && !traits.weighted) {
    problems.push(
      `${name} cannot follow a change of weights (${before.weights.join(', ')} to ` +
        `${after.weights.join(', ')}): it gives every shard the same share`,
    );
  }
  return problems;
}

/** Whether two shards that take keys before and after do so in another proportion. */
function isReweighed(before: RouterTopology, after: RouterTopology): boolean {
  const ratios = before.weights.flatMap((weight, shard) => {
    const next = after.weights[shard] ?? 0;
    return weight > 0 && next > 0 ? [next / weight] : [];
  });
  const [first = 1] = ratios;
  return ratios.some((ratio) => Math.abs(ratio - first) > 1e-12 * first);
}

/** Shards that take keys after a change and took none before. */
export function newShards(before: RouterTopology, after: RouterTopology): number[] {
  return after.weights.flatMap((weight, shard) =>
    weight > 0 && (before.weights[shard] ?? 0) === 0 ? [shard] : [],
  );
}
