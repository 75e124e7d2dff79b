import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { remainder64 } from '../../base/hash/word64.ts';
import { xxh64 } from '../../base/hash/xxh64.ts';
import {
  ciliumPreference,
  ciliumTurns,
  envoyPreference,
  murmur3Seeded,
  xxh64Seeded,
} from './maglev-references.suite.ts';
import { maglevTable, type Preference, weightedTurns } from './maglev-table.ts';
import { joined, utf8 } from './reference-hashes.suite.ts';

const tableOf = (
  size: number,
  preferences: readonly Preference[],
  weights: readonly number[],
): number[] => [...maglevTable(size, preferences, weightedTurns(weights))];

/** The places in the order in which a shard would take them. */
const permutation = ({ offset, skip }: Preference, size: number): number[] =>
  Array.from({ length: size }, (_, index) => (offset + index * skip) % size);

const places = z.array(z.int());
const shape = z.object({
  paper_table1: z.object({
    M: z.int(),
    offset_skip: z.record(z.string(), z.tuple([z.int(), z.int()])),
    table_before: z.array(z.string()),
    table_after_B1_removed: z.array(z.string()),
    permutations_0based: z.record(z.string(), places),
  }),
  dgryski_go_maglev: z.object({
    M: z.int(),
    permutations: z.array(places),
    table: places,
    table_dead_1: places,
  }),
  envoy: z.object({
    cases: z.array(
      z.object({
        M: z.int(),
        keys: z.array(z.string()),
        weights: z.array(z.int()).optional(),
        table: places,
        min_entries: z.int().optional(),
        max_entries: z.int().optional(),
      }),
    ),
  }),
  cilium: z.object({
    M: z.int(),
    backends: z.array(z.object({ addr: z.string(), weight: z.int() })),
    table: places,
    weighted_counts_M1021: z.object({ weights: z.array(z.int()), counts: z.array(z.int()) }),
  }),
});
const file = readVectors('maglev.json', shape);

describe('a Maglev table', () => {
  // The paper's table 1; the backends B0, B1, B2 have (offset, skip) as it says.
  const paper = [
    { offset: 3, skip: 4 },
    { offset: 0, skip: 2 },
    { offset: 3, skip: 1 },
  ];

  it("is the paper's, before and after B1 is removed", () => {
    expect(tableOf(7, paper, [1, 1, 1])).toEqual([1, 0, 1, 0, 2, 2, 0]);
    expect(tableOf(7, paper, [1, 0, 1])).toEqual([0, 0, 0, 0, 2, 2, 2]);
  });

  it.skipIf(file === null)("is the paper's in every figure of the file", () => {
    const table1 = file?.paper_table1;
    const names = Object.keys(table1?.offset_skip ?? {});
    expect(names).toEqual(['B0', 'B1', 'B2']);
    const preferences = Object.values(table1?.offset_skip ?? {}).map(([offset, skip]) => ({
      offset,
      skip,
    }));
    expect(preferences).toEqual(paper);
    const size = table1?.M ?? 0;
    const named = (table: readonly number[]) => table.map((shard) => names[shard]);
    expect(named(tableOf(size, paper, [1, 1, 1]))).toEqual(table1?.table_before);
    expect(named(tableOf(size, paper, [1, 0, 1]))).toEqual(table1?.table_after_B1_removed);
    expect(Object.values(table1?.permutations_0based ?? {})).toEqual(
      paper.map((preference) => permutation(preference, size)),
    );
  });

  it.skipIf(file === null)("is go-maglev's, before and after backend 1 is dead", () => {
    const size = file?.dgryski_go_maglev.M ?? 0;
    const permutations = file?.dgryski_go_maglev.permutations ?? [];
    const preferences = permutations.map(([first = 0, second = 0]) => ({
      offset: first,
      skip: (second - first + size) % size,
    }));
    expect(preferences.map((each) => permutation(each, size))).toEqual(permutations);
    expect(tableOf(size, preferences, [1, 1, 1])).toEqual(file?.dgryski_go_maglev.table);
    expect(tableOf(size, preferences, [1, 0, 1])).toEqual(file?.dgryski_go_maglev.table_dead_1);
  });

  it("is Envoy's, with weights 1 and 2", () => {
    // envoyproxy/envoy, maglev_lb_test.cc, commit 08417eb.
    const hosts = ['127.0.0.1:90', '127.0.0.1:91'].map((host) => envoyPreference(host, 17));
    const expected = [1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1];
    expect(tableOf(17, hosts, [1, 2])).toEqual(expected);
  });

  it.skipIf(file === null)("is Envoy's in every case of the file", () => {
    expect(file?.envoy.cases.length).toBe(3);
    for (const { M, keys, weights, table, min_entries, max_entries } of file?.envoy.cases ?? []) {
      const preferences = keys.map((key) => envoyPreference(key, M));
      const built = tableOf(M, preferences, weights ?? keys.map(() => 1));
      expect(built).toEqual(table);
      const counts = keys.map((_, host) => built.filter((each) => each === host).length);
      expect(Math.min(...counts)).toBe(min_entries ?? Math.floor(M / keys.length));
      expect(Math.max(...counts)).toBe(max_entries ?? Math.ceil(M / keys.length));
    }
    // The retries of its test: context hash 10, then hash ^ (~0 - attempt + 1).
    const first = file?.envoy.cases[0]?.table ?? [];
    expect(first[remainder64(0, 10, 7)]).toBe(1);
    expect(first[remainder64(~0, ~0 ^ 10, 7)]).toBe(0);
    expect(first[remainder64(~0, ~1 ^ 10, 7)]).toBe(5);
  });

  it.skipIf(file === null)("is Cilium's with Cilium's turns", () => {
    const { M: size = 0, backends = [], table } = file?.cilium ?? {};
    const weights = backends.map(({ weight }) => weight);
    const preferences = backends.map(({ addr }) => ciliumPreference(addr, size));
    expect([...maglevTable(size, preferences, ciliumTurns(weights))]).toEqual(table);
    const more = backends.map(({ addr }) => ciliumPreference(addr, 1021));
    const larger = [...maglevTable(1021, more, ciliumTurns(weights))];
    const counts = weights.map((_, shard) => larger.filter((each) => each === shard).length);
    expect(weights).toEqual(file?.cilium.weighted_counts_M1021.weights);
    expect(counts).toEqual(file?.cilium.weighted_counts_M1021.counts);
  });

  it('gives shards of equal weight as many places, or one more', () => {
    for (const size of [251, 1021, 4093]) {
      for (const shards of [1, 2, 3, 7, 16, 100, 250]) {
        const preferences = Array.from({ length: shards }, (_, shard) =>
          envoyPreference(`shard-${shard}`, size),
        );
        const counts = Array.from({ length: shards }, () => 0);
        // 0.1 cannot be written in binary: sums of it would drift.
        for (const shard of tableOf(
          size,
          preferences,
          counts.map(() => 0.1),
        )) {
          counts[shard] = (counts[shard] ?? 0) + 1;
        }
        expect(Math.min(...counts)).toBe(Math.floor(size / shards));
        expect(Math.max(...counts)).toBe(Math.ceil(size / shards));
      }
    }
  });

  it('gives shards places in proportion to their weights', () => {
    const weights = [1, 0, 2.5, 0.01, 7];
    const preferences = weights.map((_, shard) => envoyPreference(`shard-${shard}`, 65_537));
    const counts = weights.map(() => 0);
    for (const shard of tableOf(65_537, preferences, weights)) {
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [shard, count] of counts.entries()) {
      const due = (65_537 * (weights[shard] ?? 0)) / whole;
      // A shard has its first turn in the first round, whatever its weight.
      expect(Math.abs(count - due)).toBeLessThanOrEqual(2);
    }
  });
});

describe('the references of Maglev tables', () => {
  it('hash as published', () => {
    // Cyan4973/xxHash and spaolacci/murmur3, as in the tests of our own.
    expect(xxh64Seeded('as', 0n).toString(16)).toBe('1c330fb2d66be179');
    for (const text of ['', '127.0.0.1:90', 'a text of 27 letters, or so']) {
      const out = { hi: 0, lo: 0 };
      const bytes = utf8(text);
      xxh64.hash(bytes, 0, bytes.length, out);
      expect(xxh64Seeded(text, 0n)).toBe(joined(out.hi, out.lo));
    }
    const dog = 'The quick brown fox jumps over the lazy dog.';
    expect(murmur3Seeded(dog, 0n)[0].toString(16)).toBe('cd99481f9ee902c9');
  });
});
