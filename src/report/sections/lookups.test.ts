import { expect, test } from 'vitest';
import type { LookupResult } from '../../result/lookup.ts';
import { formatRunResult, parseRunResult } from '../../result/parse.ts';
import type { RunResult } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { htmlReport } from '../html.ts';
import { markdownReport } from '../markdown.ts';
import { lookupSections } from './lookups.ts';

const tally = { misses: 2500, staleRoutes: 44, wrongShardReads: 12, wrongShardWrites: 32 };

const lookup: LookupResult = {
  place: 'table shardlab_directory in a database of its own on the server of shard 0',
  keys: 10_000,
  cacheSize: 1000,
  ttlMs: 2000,
  connections: 4,
  hits: 7500,
  hitRate: 0.75,
  ...tally,
  staleFraction: 0.0044,
  waited: 3,
  queries: 2500,
  failures: 0,
  lookupMs: { p50: 0.31, p95: 1.2, p99: 2.9, p999: null, mean: 0.4, max: 9, count: 2500 },
  addedMs: 0.11,
  move: {
    tenant: 'acme | <b>',
    from: 0,
    to: 2,
    atMs: 5000,
    lastStaleMs: 6040,
    rowsStranded: 24,
  },
  replay: { hits: 7499, hitRate: 0.7499, ...tally, staleRoutes: 43, wrongShardWrites: 31 },
  curve: [
    { cacheSize: 100, hitRate: 0.5, staleRoutes: 43 },
    { cacheSize: 1000, hitRate: 0.7499, staleRoutes: 43 },
  ],
};

function withLookup(...lookups: readonly LookupResult[]): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell, i) => {
    const own = lookups[i];
    return own === undefined ? cell : { ...cell, lookup: own };
  });
  return { ...result, cells };
}

test('a result without look-ups has no such section, and says nothing of them', () => {
  expect(lookupSections(sampleResult())).toEqual([]);
  expect(markdownReport(sampleResult())).not.toContain('look-up');
});

test('look-ups survive being written and read', () => {
  const result = withLookup(lookup, { ...lookup, move: null, replay: null, curve: [] });
  expect(parseRunResult(formatRunResult(result), 'x').cells[0]?.lookup).toEqual(lookup);
});

test('says what look-ups cost and what the stale entry did', async () => {
  const result = withLookup(lookup);
  const markdown = markdownReport(result);
  const strategy = result.cells[0]?.strategy ?? '';
  expect(markdown).toContain(
    `- ${strategy}: a cache of 1,000 entries, each kept for 2 s, had 75 % of the keys; look-ups ` +
      'added 0.110 ms to an operation on average. After tenant acme \\| &lt;b&gt; had moved, 32 ' +
      'writes and 12 reads went to the shard it had left, the last one 1 s later.',
  );
  expect(markdown).toContain('| 1,000 | 2 s | 75 % | 2,500 | 0 | 0.310 | 1.20 | 2.90 | 0.110 |');
  expect(markdown).toContain('| 5 s | 6 s | 12 | 32 | 24 | 12 | 31 |');
  expect(markdown).toContain(`| ${strategy} | 50 % | 75.0 % |`);
  const html = await htmlReport(result);
  expect(html).toContain('Directory look-ups');
  expect(html).not.toContain('<b>');
});

test('says why something is not there', () => {
  const { move } = lookup;
  const none = { ...lookup, hits: 0, misses: 0, hitRate: null, addedMs: 0, curve: [] };
  const unswitched = move && { ...move, rowsStranded: null, lastStaleMs: null };
  const unmet = move && { ...move, lastStaleMs: null };
  const result = withLookup(
    { ...none, replay: null, move: null },
    { ...lookup, move: unswitched },
    { ...lookup, move: unmet },
  );
  const markdown = markdownReport(result);
  expect(markdown).toContain('no operation binds the shard key.');
  expect(markdown).toContain('The window ended before the move.');
  expect(markdown).toContain('When the tenant moved, no cache had its old shard.');
  expect(markdown).toContain('a closed loop has no schedule to replay');
});
