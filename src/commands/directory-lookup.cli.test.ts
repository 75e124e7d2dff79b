import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { cellOf, resultIn, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

const moving = '{ cache: 20, ttl: 1s, move: { tenant: heaviest, at: 1500ms } }';
const strategies = (...lookups: readonly string[]): string =>
  `[${lookups.map((each) => `{ key: tenant_id, router: directory${each} }`).join(', ')}]`;

test('look-ups in a real table: hits and misses are those of the replay', async () => {
  const cwd = scratch();
  const changes = {
    duration: '4s',
    rate: '400/s',
    baseline: 'false',
    strategies: strategies('', ', lookup: { cache: 20, ttl: 60s }', `, lookup: ${moving}`),
  };
  writeFileSync(join(cwd, 'x.yaml'), tinyScenario(changes));
  const { stderr } = await shardlab(['run', 'x.yaml', '--out', 'out'], { cwd });
  const result = resultIn(join(cwd, 'out'));
  const plain = cellOf(result, 'tenant_id/directory');
  expect(plain.lookup).toBeUndefined();

  const cell = cellOf(result, 'tenant_id/directory+lookup:20:60s');
  const cached = present(cell.lookup, stderr);
  expect(cell.load?.errorsByCode).toEqual({});
  expect(cell.load?.ok).toBe(plain.load?.arrivals);
  // Nothing grows too old within the window, so the order of the arrivals decides alone.
  expect(cached).toMatchObject({ hits: cached.replay?.hits, misses: cached.replay?.misses });
  expect(cached).toMatchObject({ staleRoutes: 0, failures: 0, move: null, keys: 100 });
  expect(cached.hits + cached.misses).toBeGreaterThan(1000);
  expect(cached.hitRate).toBeGreaterThan(0.4);
  expect(cached.lookupMs.count).toBe(cached.queries);
  expect(cached.queries).toBeLessThanOrEqual(cached.misses);
  expect(cached.addedMs).toBeGreaterThan(0);
  expect(cached.addedMs).toBeLessThan(
    present(cached.lookupMs.mean, 'mean') * (1 - (cached.hitRate ?? 0)) * 2,
  );
  const rates = cached.curve.map(({ hitRate }) => present(hitRate, 'hit rate'));
  expect(cached.curve.map(({ cacheSize }) => cacheSize)).toEqual([10, 20, 100]);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  // The same arrivals go to the same shards, whoever says where.
  const sent = ({ shards }: typeof cell) => shards.map(({ writesSent }) => writesSent);
  expect(sent(cell)).toEqual(sent(plain));
});

test('a tenant moves: stale operations are counted, and rows are where nobody looks', async () => {
  const cwd = scratch();
  const changes = {
    duration: '4s',
    rate: '400/s',
    baseline: 'false',
    strategies: strategies(`, lookup: ${moving}`),
  };
  writeFileSync(join(cwd, 'x.yaml'), tinyScenario(changes));
  await shardlab(['run', 'x.yaml', '--out', 'out'], { cwd });
  const cell = cellOf(resultIn(join(cwd, 'out')), 'tenant_id/directory+lookup');
  const lookup = present(cell.lookup, 'lookup');
  const replay = present(lookup.replay, 'replay');
  const move = present(lookup.move, 'move');
  expect(cell.load?.errorsByCode).toEqual({});
  expect(move).toMatchObject({ from: 0, to: 1, atMs: 1500 });
  expect(replay.staleRoutes).toBeGreaterThan(5);
  // Entries end their lives at moments of the clock, which arrivals meet a little late: at 70
  // operations a second of this tenant, 100 ms are 7 of them.
  expect(Math.abs(lookup.staleRoutes - replay.staleRoutes)).toBeLessThanOrEqual(7);
  expect(Math.abs(lookup.misses - replay.misses)).toBeLessThanOrEqual(0.02 * replay.misses);
  expect(lookup.staleRoutes).toBe(lookup.wrongShardReads + lookup.wrongShardWrites);
  expect(move.lastStaleMs).toBeGreaterThan(1500);
  expect(move.lastStaleMs).toBeLessThan(2700);
  // Three of four writes make a row; one more may have been under way at the switch.
  const stranded = present(move.rowsStranded, 'rows');
  expect(stranded).toBeGreaterThan(0);
  expect(stranded).toBeLessThanOrEqual(lookup.wrongShardWrites + 4);
  expect(cell.notes.map(({ text }) => text).join('\n')).toContain('only its entry was switched');
  const report = readFileSync(join(cwd, 'out', 'report.html'), 'utf8');
  expect(report).toContain('Directory look-ups');
  expect(report).toContain('went to the shard it had left');
});

test('a move that tenants or window do not allow is refused before anything starts', async () => {
  const cwd = scratch();
  const lookup = ', lookup: { cache: 1, ttl: 1s, move: { tenant: nobody, at: 900ms } }';
  writeFileSync(join(cwd, 'x.yaml'), tinyScenario({ strategies: strategies(lookup) }));
  const { code, stderr } = await shardlab(['run', 'x.yaml', '--duration', '500ms'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'x.yaml: strategy tenant_id/directory+lookup: lookup.move.tenant: found "nobody"; allowed: ' +
      'the id of a tenant (tenant-00001, ...), or heaviest',
  );
  expect(stderr).toContain(
    'lookup.move.at: found 900 ms; allowed: a moment within the window of 500 ms',
  );
});
