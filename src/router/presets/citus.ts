// Citus: citusdata/citus, create_shards.c, shardinterval_utils.c and shard_rebalancer.c.
import { assert } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { noSeed } from '../../base/hash/lookup3.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition, RouterTopology } from '../contract.ts';
import type { Recipe } from '../recipe.ts';
import { placeGreedily } from '../algorithms/greedy-placement.ts';
import { citusThresholds, planMoves } from '../algorithms/move-plan.ts';
import { ignoredWeights } from '../weights.ts';
import { hashValue } from './postgres-partition.ts';

/** citus.shard_count */
const defaultRanges = 32;

/** The hash range of a signed 32-bit hash; the last one takes what the division leaves over. */
export function citusRange(hash: number, ranges: number): number {
  const width = Math.floor(2 ** 32 / ranges);
  return Math.min(ranges - 1, Math.floor((hash + 2 ** 31) / width));
}

/** Nodes that may hold hash ranges: weight 0 is shouldhaveshards = false. */
function activeNodes({ weights }: RouterTopology): number[] {
  return weights.flatMap((weight, node) => (weight > 0 ? [node] : []));
}

/** Node of each hash range when the table is distributed: the nodes in turn. */
export function dealtRanges(ranges: number, topology: RouterTopology): Uint32Array {
  const nodes = activeNodes(topology);
  return new Uint32Array(ranges).map((_, range) => nodes[range % nodes.length] ?? 0);
}

/**
 * Nodes after a change of topology: the ranges of a drained node go to the emptiest ones, then the
 * rebalancer moves ranges, all of the same cost, until no two nodes differ by more than one.
 */
export function rebalancedRanges(previous: Uint32Array, topology: RouterTopology): Uint32Array {
  const capacities = topology.weights.map((weight) => (weight > 0 ? 1 : 0));
  const placement = previous.slice();
  const loads = new Float64Array(topology.shardCount);
  const costs = new Uint32Array(previous.length).fill(1);
  const homeless: number[] = [];
  for (const [range, node] of previous.entries()) {
    if ((capacities[node] ?? 0) > 0) loads[node] = (loads[node] ?? 0) + 1;
    else homeless.push(range);
  }
  placeGreedily(Uint32Array.from(homeless), costs, capacities, placement, loads);
  const { improvementThreshold } = citusThresholds;
  const input = { loads: costs, placement, capacities, threshold: 0, improvementThreshold };
  for (const { key, to } of planMoves(input)) placement[key] = to;
  return placement;
}

class CitusRouter implements Router {
  readonly shardCount: number;
  /** Node of each hash range. */
  readonly table: Uint32Array;
  readonly warnings: readonly string[];
  readonly #keyType: Exclude<RoutedKeyType, 'composite'>;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(
    topology: RouterTopology,
    table: Uint32Array,
    keyType: Exclude<RoutedKeyType, 'composite'>,
  ) {
    this.shardCount = topology.shardCount;
    this.table = table;
    this.#keyType = keyType;
    this.warnings = warningsOf(topology, table.length);
  }

  recipe(): Recipe {
    return { kind: 'hash32-ranges', table: this.table };
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    hashValue(this.#keyType, bytes, start, end, noSeed, this.#out);
    return this.table[citusRange(this.#out.lo | 0, this.table.length)] ?? 0;
  }
}

function warningsOf(topology: RouterTopology, ranges: number): readonly string[] {
  const nodes = activeNodes(topology).length;
  const weights = topology.weights.filter((weight) => weight > 0);
  const warnings = [...ignoredWeights('citus', { shardCount: nodes, weights })];
  if (nodes > ranges) {
    warnings.push(
      `citus:${ranges} has ${ranges} hash ranges for ${nodes} shards, so ${nodes - ranges} of ` +
        'them are empty; create the table with more hash ranges',
    );
  }
  return warnings;
}

/**
 * Reproduced: the 32-bit hash of an integer, text or uuid distribution column (hashint8, hashtext,
 * uuid_hash; int2, int4 and int8 alike), the hash ranges (Citus' shards, 32 unless the number says
 * otherwise), and the node of each when create_distributed_table deals them: shard i is worker i
 * in Citus' order, which is by name and port. A shard of weight 0 is a drained node.
 *
 * Growing and shrinking: citus_rebalance_start with by_shard_count; whole ranges move. Which of
 * several equal ranges goes first is this project's choice. by_disk_size, the default of newer
 * releases, comes to the same counts for ranges of equal size, give or take its threshold of 10 %;
 * it looks at the bytes of each, which are not known here.
 *
 * Not reproduced: colocation with an older table, reference tables, append and range distribution,
 * tenants isolated in a range of their own, replication factors above 1. NULL keys are refused by
 * Citus as well.
 */
export const citus: RouterDefinition = {
  name: 'citus',
  summary: "Citus' hash distribution: hash ranges dealt to the nodes in turn, moved as a whole",
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    lookup: 'O(1)',
    memory: 'O(ranges)',
  },
  parameter: { name: 'ranges', default: defaultRanges, min: 1, max: 64_000 },
  keyTypes: ['text', 'int8', 'uuid'],
  reproduces: {
    engine: 'Citus',
    system: 'Citus, create_distributed_table and citus_rebalance_start (by_shard_count)',
    except: 'by_disk_size, colocation with older tables, isolated tenants, replicated shards',
  },
  build(topology, { keyType, parameter }, previous) {
    assert(keyType !== 'composite', 'one distribution column');
    const ranges = parameter ?? defaultRanges;
    if (previous === undefined) {
      return new CitusRouter(topology, dealtRanges(ranges, topology), keyType);
    }
    assert(previous instanceof CitusRouter, 'citus grows from a citus router only');
    assert(previous.table.length === ranges, 'the number of hash ranges never changes');
    return new CitusRouter(topology, rebalancedRanges(previous.table, topology), keyType);
  },
};
