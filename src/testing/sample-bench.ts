import { textOnly } from '../result/finding.ts';
import type { BenchDocument, BenchRow, HotPath } from '../result/bench-document.ts';

const spread = (p50: number) => ({
  p25: 0.9 * p50,
  p50,
  p75: 1.2 * p50,
  batches: 80,
  lookups: 1024,
});

const hotPath = (shardCount: number, ns: number): HotPath => ({
  lookupNsString: spread(ns + 20),
  lookupNsBytes: spread(ns),
  lookupNsInt64: spread(ns - 2),
  bulkKeysPerSecond: spread(1e9 / (ns - 5)),
  buildMs: shardCount / 1000,
  addShardMs: shardCount / 2000,
  memoryBytes: 100 * shardCount,
  allocatedBytesPerLookup: { string: 0, bytes: 0.00001, int64: 0, bulk: 0 },
  peakToMean: { value: 1.1, keys: 65_536, ideal: 1.05 },
  checksums: { text: '0c39d466', int8: 'bbc7bef7' },
  notes: [],
});

const row = (router: string, shardCount: number, path: HotPath | string): BenchRow => ({
  router,
  hash: 'xxh64',
  shardCount,
  hotPath: typeof path === 'string' ? null : path,
  reasons: typeof path === 'string' ? [textOnly(path)] : [],
});

/**
 * Three routers: one that grows, one that allocates and takes integers only, one that ends early.
 */
export function sampleBench(): BenchDocument {
  const integersOnly = {
    ...hotPath(4, 60),
    lookupNsString: null,
    lookupNsBytes: null,
    allocatedBytesPerLookup: { string: null, bytes: null, int64: 16, bulk: null },
    checksums: { text: null, int8: 'e9e81e35' },
    addShardMs: null,
    notes: [textOnly('one shard more: it has no room')],
  };
  return {
    schema: 'shardlab/bench/v2',
    startedAt: '2026-11-21T15:00:00.000Z',
    command: 'shardlab bench --seed 1',
    shardlab: '0.1.0',
    machine: {
      node: '24.21.0',
      os: 'Linux 6.1 x64',
      cpu: 'EPYC',
      cores: 2,
      memoryBytes: 8e9,
      gitCommit: null,
    },
    seed: 1,
    shardCounts: [4, 1024],
    keyTypes: ['text', 'int8'],
    maxTimeSeconds: 60,
    keys: { count: 65_536, text: 'tenant-24138564', int8: '3627862100228804' },
    interrupted: false,
    rows: [
      row('rendezvous', 4, hotPath(4, 100)),
      row('rendezvous', 1024, hotPath(1024, 4980)),
      row('vitess-hash', 4, integersOnly),
      row('vitess-hash', 1024, integersOnly),
      row('slots:512', 4, hotPath(4, 100)),
      row('slots:512', 1024, 'slots:512 has too few slots for 1024 shards'),
    ],
  };
}
