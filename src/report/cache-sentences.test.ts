import { expect, test } from 'vitest';
import type { ShardServer } from '../result/shard-server.ts';
import type { RunResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { cacheSentences } from './cache-sentences.ts';
import { markdownReport } from './markdown.ts';
import { terminalTable } from './terminal.ts';

/** The sample with other servers; its machine has 8.59 GB of memory. */
function withServers(change: (strategy: string) => Partial<ShardServer>): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell) => {
    const changed = change(cell.strategy);
    const shards = cell.shards.map((shard) =>
      shard.server === undefined ? shard : { ...shard, server: { ...shard.server, ...changed } },
    );
    return { ...cell, shards };
  });
  return { ...result, cells };
}

const excluded =
  'the latencies exclude reads from the disk. Where a shard has more data than memory, its ' +
  'queries take longer.';

test('data within shared_buffers: no latency has the disk in it', () => {
  const result = withServers(() => ({ bytes: 16.2e6 }));
  const sentence =
    "Each shard's data with indexes (at most 16.2 MB) fit in its 67.1 MB of shared_buffers: " +
    excluded;
  expect(cacheSentences(result)).toEqual([sentence]);
  const terminal = terminalTable(result, { width: 80, colour: false });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(markdownReport(result)).toContain(sentence.replaceAll('_', '_'));
});

test('beyond shared_buffers but within the memory of the shard or of the machine', () => {
  const large = { bytes: 300e6, blocksHit: 900, blocksRead: 100 };
  expect(cacheSentences(withServers(() => ({ ...large, memoryBytes: 512e6 })))).toEqual([
    "The largest shard's data with indexes (300 MB) do not fit in its 67.1 MB of shared_buffers. " +
      'At most 10 % of the blocks that queries needed were not found there. ' +
      `But they fit in the shard's 512 MB of memory, where the system keeps them: ${excluded}`,
  ]);
  expect(cacheSentences(withServers(() => large))[0]).toContain(
    "But they fit in the machine's 8.59 GB of memory",
  );
});

test('more than memory: the latencies may include the disk', () => {
  const huge = { bytes: 700e6, blocksHit: 10, blocksRead: 10, memoryBytes: 512e6 };
  const [sentence] = cacheSentences(withServers(() => huge));
  expect(sentence).toContain('At most 50 % of the blocks');
  expect(sentence).toMatch(/the latencies may include the disk\.$/);
});

test('the memory of the user’s own servers is not known', () => {
  const result = withServers(() => ({ bytes: 300e6 }));
  const urls = { ...result, environment: { ...result.environment, fleet: 'urls' } };
  expect(cacheSentences(urls)[0]).toMatch(/may include the disk\.$/);
});

test('cells that differ are named', () => {
  const result = withServers((strategy) => ({ bytes: strategy === 'single' ? 100e6 : 20e6 }));
  const sentences = cacheSentences(result);
  expect(sentences).toHaveLength(2);
  expect(sentences[0]).toMatch(/^single: The largest shard's data with indexes \(100 MB\)/);
  expect(sentences[1]).toMatch(/^tenant_id\/mod, .*Each shard's data/);
});

test('a document without the statistics of servers says nothing', () => {
  const result = sampleResult();
  const cells = result.cells.map((cell) => {
    const shards = cell.shards.map((shard) => {
      const old = { ...shard };
      delete old.server;
      return old;
    });
    return { ...cell, shards };
  });
  expect(cacheSentences({ ...result, cells })).toEqual([]);
  expect(markdownReport({ ...result, cells })).not.toContain('What the servers did');
});
