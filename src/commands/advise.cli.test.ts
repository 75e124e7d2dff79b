import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AdviceDocument } from '../result/advice-document.ts';
import { advised, shippedWith } from './advise-fixture.ts';
import { shardlab } from './shardlab-fixture.ts';

const spanning = `
name: spanning
rate: 100/s
tenants: { zipf: 0.8, count: 500 }
data: { total: 2MiB }
operations:
  - name: newest
    kind: read
    weight: 80
    sql: select * from orders order by order_id desc limit 20
  - name: own
    kind: read
    weight: 20
    binds: [tenant_id]
    sql: select * from orders where tenant_id = :tenant_id limit 5
strategies: [{ key: tenant_id, router: jump }]
capacity: { instance: 1000/s }
growth: { now: { load: 3000/s, bytes: 50GB } }
`;

test('every frequent query spans tenants: nothing helps, exit code 0', async () => {
  const { code, stdout, read } = await advised(spanning).advise();
  expect(code).toBe(0);
  expect(read().recommendation).toMatchObject({ kind: 'nothing-helps', strategy: null });
  expect(stdout).toMatch(/^Nothing here helps: /);
  expect(read().candidates.every(({ status }) => status !== 'recommended')).toBe(true);
});

test('a table of 80 columns; --json prints what is written; the same each time', async () => {
  const { cwd, advise } = shippedWith('quickstart', [
    'data/debian-tenants.csv',
    join(import.meta.dirname, '..', '..', 'scenarios', 'data', 'debian-tenants.csv'),
  ]);
  const { code, stdout, stderr } = await advise('--shards', '4,8');
  expect(code, stderr).toBe(0);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  // Nobody said what an instance takes.
  expect(stdout).toMatch(/^Stay on one instance until it is known what it can do/);
  const written = readFileSync(join(cwd, 'out', 'advice.json'), 'utf8');
  const again = await advise('--shards', '4,8', '--json');
  const plain = (text: string) => {
    const { startedAt: _, command: __, ...rest } = JSON.parse(text) as AdviceDocument;
    return rest;
  };
  expect(plain(again.stdout)).toEqual(plain(written));
});

test('the page, which `report` draws again; what to use next stands in it', async () => {
  const { cwd, advise } = shippedWith('smallbank');
  const { code, stderr, read } = await advise('--router', 'directory', '--shards', '16');
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(join('out', 'report.html'));
  const { next, loadByShard, recommendation, basis, candidates } = read();
  expect(recommendation).toMatchObject({ kind: 'shard', strategy: 'customer/directory' });
  for (const { path } of next) expect(existsSync(join(cwd, 'out', path)), path).toBe(true);
  expect(next.map(({ path }) => path)).toContain('next/migration.md');
  const load = loadByShard[0]?.shards.map(({ loadFraction }) => loadFraction) ?? [];
  expect(load).toHaveLength(16);
  expect(load.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
  // A list of keys is placed as it is: what its fullest shard does bounds what all of them take.
  const work = loadByShard[0]?.shards.map(({ workFraction }) => workFraction) ?? [];
  const best = candidates.find(({ status }) => status === 'recommended');
  expect((basis.shardQps ?? 0) / Math.max(...work)).toBeCloseTo(best?.capacityQps ?? 0, 6);
  for (const format of ['html', 'md']) {
    const args = ['report', 'out/advice.json', '--format', format, '--out', '-'];
    const drawn = await shardlab(args, { cwd });
    expect(drawn.stdout).toBe(readFileSync(join(cwd, 'out', `report.${format}`), 'utf8'));
    expect(drawn.stdout).toContain('customer/directory');
  }
});

test.each([
  [['--key', 'tenants_id'], /--key: found "tenants_id".*did you mean tenant_id\?/],
  [['--router', 'jmp'], /unknown router "jmp" \(did you mean jump\?\)/],
  [['--shards', '1,4'], /--shards: found "1,4"; allowed: numbers of shards/],
  [['--samples', '3'], /--samples: found "3"; allowed: a whole number from 20/],
])('%s is a mistake: exit code 2', async (args, message) => {
  const { code, stderr, stdout } = await advised(spanning).advise(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});
