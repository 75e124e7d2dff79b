import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { noSeed } from '../../base/hash/lookup3.ts';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { encodeKey } from '../../base/keys.ts';
import { buildFor, knownKeys, shardsOf, tenantTexts, topologyOf } from '../fixtures.suite.ts';
import { citus, citusRange, dealtRanges, rebalancedRanges } from './citus.ts';
import { hashValue } from './postgres-partition.ts';

const shape = z.object({
  default_shard_count: z.int(),
  worker_hash: z.array(z.object({ value_int4: z.string(), hash: z.int() })),
  intervals: z.record(z.string(), z.array(z.tuple([z.int(), z.int()]))),
  shard_index_of_int_key_4_shards: z.array(z.object({ key: z.int(), index: z.int() })),
});
const file = readVectors('citus-hash-ranges.json', shape);

const out = { hi: 0, lo: 0 };
function workerHash(value: string): number {
  hashValue('int8', encodeKey('int8', value), 0, 8, noSeed, out);
  return out.lo | 0;
}

const countsOf = (table: Uint32Array, nodes: number): number[] => {
  const counts = Array.from({ length: nodes }, () => 0);
  for (const node of table) counts[node] = (counts[node] ?? 0) + 1;
  return counts;
};

describe('citus', () => {
  it('hashes and cuts as Citus does', () => {
    // citusdata/citus, src/test/regress/expected/multi_utilities.out and multi_metadata_sync.out.
    expect(workerHash('123')).toBe(-205084363);
    expect([1, 2, 3, 4].map((id) => citusRange(workerHash(String(id)), 4))).toEqual([0, 3, 1, 1]);
    expect([-1288490190, -1288490189].map((hash) => citusRange(hash, 5))).toEqual([0, 1]);
    // The fifth range takes what is left over.
    expect([1288490187, 1288490188, 2147483647].map((hash) => citusRange(hash, 5))).toEqual([
      3, 4, 4,
    ]);
  });

  it.skipIf(file === null)('agrees with every vector', () => {
    const vectors = shape.parse(file);
    expect(citus.parameter?.default).toBe(vectors.default_shard_count);
    for (const { value_int4: value, hash } of vectors.worker_hash) {
      expect(workerHash(value)).toBe(hash);
    }
    for (const [ranges, intervals] of Object.entries(vectors.intervals)) {
      for (const [index, [min, max]] of intervals.entries()) {
        expect(citusRange(min, Number(ranges))).toBe(index);
        expect(citusRange(max, Number(ranges))).toBe(index);
      }
    }
    for (const { key, index } of vectors.shard_index_of_int_key_4_shards) {
      const keys = knownKeys('int8', [String(key)]);
      // With as many ranges as nodes, the node is the range.
      expect(shardsOf(buildFor(citus, 4, keys, { parameter: 4 }), keys)).toEqual([index]);
    }
  });

  it('deals the ranges to the nodes in turn', () => {
    expect([...dealtRanges(7, topologyOf(3))]).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect([...dealtRanges(5, topologyOf(3, [1, 0, 1]))]).toEqual([0, 2, 0, 2, 0]);
  });

  // ceil(32 / n) of floor(32 / n): 5 nodes 7 and 6, 6 nodes 6 and 5, 24 nodes 2 and 1.
  it('moves whole ranges until no two nodes differ by more than one, old nodes only giving', () => {
    const counts = fc.integer({ min: 1, max: 40 });
    const steps = fc.array(counts, { minLength: 2, maxLength: 5 });
    const property = fc.property(
      steps,
      fc.integer({ min: 1, max: 200 }),
      ([first = 1, ...rest], s) => {
        let nodes = first;
        let table = dealtRanges(s, topologyOf(nodes));
        for (const next of rest) {
          const grown = rebalancedRanges(table, topologyOf(next));
          const of = countsOf(grown, next);
          expect(Math.max(...of) - Math.min(...of)).toBeLessThanOrEqual(1);
          for (const [range, node] of grown.entries()) {
            const was = table[range] ?? 0;
            expect(node === was || node >= nodes || was >= next).toBe(true);
          }
          table = grown;
          nodes = next;
        }
      },
    );
    fc.assert(property, { seed: 31, numRuns: 150 });
  });

  it('drains a node of weight 0 and says nothing of the weights', () => {
    const keys = knownKeys('text', tenantTexts(1000));
    const weights = [1, 0, 1];
    const drained = buildFor(citus, 3, keys, { previous: buildFor(citus, 3, keys), weights });
    expect(new Set(shardsOf(drained, keys))).toEqual(new Set([0, 2]));
    expect(drained.warnings).toEqual([]);
  });

  it('warns of more shards than hash ranges', () => {
    const router = buildFor(citus, 40, knownKeys('text', []));
    expect(router.warnings).toEqual([expect.stringContaining('so 8 of them are empty')]);
  });
});
