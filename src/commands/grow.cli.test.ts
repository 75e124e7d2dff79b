import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { documentIn, grown, unfolded } from './grow-fixture.ts';
import { repository, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

describe('the quickstart from 4 to 5, 8 and 16', () => {
  const scenario = join(repository, 'scenarios', 'quickstart.yaml');

  test('a table of 80 columns, and files that can be drawn again', async () => {
    const cwd = scratch();
    const { code, stdout, stderr } = await shardlab(['grow', scenario, '--out', 'out'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(join('out', 'report.html'));
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^tenant_id\/mod +4 +— .* present$/m);
    expect(stdout).toMatch(/months/);
    expect(readdirSync(join(cwd, 'out')).toSorted()).toEqual([
      'growth.json',
      'report.html',
      'report.md',
    ]);
    const drawn = readFileSync(join(cwd, 'out', 'report.html'), 'utf8');
    const again = await shardlab(['report', 'out/growth.json', '--out', '-'], { cwd });
    expect(again).toEqual({ code: 0, stdout: drawn, stderr: '' });
    const md = await shardlab(['report', 'out/growth.json', '--format', 'md', '--out', '-'], {
      cwd,
    });
    expect(md.stdout).toBe(readFileSync(join(cwd, 'out', 'report.md'), 'utf8'));
    const csv = await shardlab(['report', 'out/growth.json', '--format', 'csv'], { cwd });
    expect({ code: csv.code, stderr: csv.stderr }).toEqual({
      code: 0,
      stderr: `${join('out', 'report.csv')}\n`,
    });
    // Nobody said what a shard takes: the first line says that this is no advice.
    expect(stdout).toMatch(
      /^No shard count is recommended and no date is given: both need a measured/,
    );
    expect(stdout).not.toMatch(/Go to|Stay on|Begin/);
    const { growth, capacity, cost, recommendation } = documentIn(cwd);
    expect(new Set(growth.map(({ strategy }) => strategy)).size).toBe(6);
    // 6 strategies: 3 steps and 2 longer ways; 4 counts; and the one instance.
    expect([growth.length, capacity.length, cost.length]).toEqual([30, 25, 25]);
    // Infrastructure doubles from 4 to 8 shards (design: 25 % on top of each).
    expect(cost.find(({ shardCount }) => shardCount === 8)?.costRatio).toBeCloseTo(2, 9);
    expect(recommendation.kind).toBe('measure');
    expect(unfolded(stdout)).toContain(`npx shardlab run ${scenario} --rate 800/s --out run-1`);
  });

  test('the same seed, the same document', async () => {
    const cwd = scratch();
    const args = ['grow', scenario, '--to', '5', '--router', 'jump', '--seed', '7', '--json'];
    const runs = await Promise.all([
      shardlab([...args, '--out', 'a'], { cwd }),
      shardlab([...args, '--out', 'b'], { cwd }),
    ]);
    // The folder and the time alone differ.
    const [a, b] = runs.map(({ stdout }) =>
      stdout.replace(/"startedAt": ".*"/, '').replace(/--out [ab]/, ''),
    );
    expect(a).toBe(b);
    expect(a).toContain('"seed": 7');
  });
});

describe('one tenant with 40 % of the load', () => {
  const hot = tinyScenario({
    tenants: '{ hotspot: 40%, hot: 1, count: 1000 }',
    topology: '{ shards: 4 }',
    strategies: '[{ key: tenant_id, router: jump }, { key: tenant_id, router: directory }]',
  });

  test('no shard count helps; a split does, with the imbalance after it', async () => {
    const { cwd, code, stdout, stderr } = await grown(hot, '--to', '5,8,16');
    expect(code, stderr).toBe(0);
    const text = unfolded(stdout);
    expect(text).toContain('No shard count helps');
    // 1 / 0.4.
    expect(text).toMatch(/no more than 2\.5 shards are useful/);
    expect(text).toMatch(
      /(split|dedicated shard) for "tenant-0*1" .* max\/mean \d\.\d\d instead of/,
    );
    const { largestTenants } = documentIn(cwd);
    for (const { usefulShards, noShardCountHelps, remedies } of largestTenants) {
      expect(usefulShards).toBeCloseTo(2.5, 6);
      expect(noShardCountHelps).toBe(true);
      for (const { maxOverMean } of remedies)
        expect(maxOverMean.after).toBeLessThan(maxOverMean.before);
    }
    expect(
      new Set(largestTenants.flatMap(({ remedies }) => remedies.map(({ kind }) => kind))),
    ).toContain('split');
    const page = readFileSync(join(cwd, 'out', 'report.md'), 'utf8');
    const [, first = ''] = page.split('\n## ');
    expect(first).toContain('No shard count helps');
    expect(page).toContain('split: {');
  });
});

describe('10 % scatter-gather at equal cost', () => {
  // Integers as they are, modulo 4, 8 and 16: every shard has the same.
  const scattered = tinyScenario({
    tenants: '{ uniform: true, count: 16000, idType: int8 }',
    topology: '{ shards: 4 }',
    operations: `
  - { name: own, kind: read, weight: 90, binds: [tenant_id],
      sql: "select total from orders where tenant_id = :tenant_id limit 1" }
  - { name: everywhere, kind: read, weight: 10, sql: "select max(total) from orders" }`,
    strategies: '[{ key: tenant_id, router: mod, hash: identity }]',
  });

  test('16 shards do the work of 6.4, and the report says why', async () => {
    const { cwd, code, stdout, stderr } = await grown(scattered, '--to', '8,16');
    expect(code, stderr).toBe(0);
    const largest = documentIn(cwd).capacity.find(({ shardCount }) => shardCount === 16);
    // 1 / (0.9 / 16 + 0.1).
    expect(present(largest, 'row of 16 shards').effectiveShards).toBeCloseTo(6.4, 6);
    const why = new RegExp(
      String.raw`16 shards do the work of 6\.4 databases\. .* ask all shards ` +
        String.raw`\(everywhere\), which more shards`,
    );
    expect(unfolded(stdout)).toMatch(why);
    const page = readFileSync(join(cwd, 'out', 'report.md'), 'utf8');
    expect(page).toMatch(why);
    expect(page).toContain('16 shards 6.40 (lost to several shards 9.60, to skew 0.00)');
  });

  test('identity modulo moves 8/9 of a key space from 8 to 9 shards', async () => {
    const eight = scattered.replace('{ shards: 4 }', '{ shards: 8 }');
    const { cwd, code, stderr } = await grown(eight, '--to', '9', '--keys', '720000');
    expect(code, stderr).toBe(0);
    const { growth, findings } = documentIn(cwd);
    expect(growth[0]?.keysMovedFraction).toBeCloseTo(8 / 9, 12);
    expect(growth[0]?.counted).toEqual({ of: 'integers', keys: 720_000 });
    expect(findings[0]?.text).toContain('integers 0 to 719999');
  });
});

describe('what a shard takes', () => {
  test('--capacity is taken, and said to be given', async () => {
    const { cwd, code, stderr } = await grown(tinyScenario(), '--to', '4', '--capacity', '900/s');
    expect(code, stderr).toBe(0);
    const [, row] = documentIn(cwd).capacity;
    expect(row).toMatchObject({ databaseQps: 900, shardCount: 2 });
    expect(row?.basis.text).toContain('--capacity');
  });

  test('an easy run is a lower bound, and with a SATURATED one a capacity', async () => {
    const cwd = scratch();
    const text = tinyScenario({ topology: '{ shards: 4 }', rate: '50/s' });
    writeFileSync(join(cwd, 's.yaml'), text);
    const simulate = (rate: string) =>
      shardlab(
        ['simulate', 's.yaml', '--rate', rate, '--duration', '8s', '--out', rate.replace('/', '')],
        { cwd },
      );
    const runs = await Promise.all([simulate('200/s'), simulate('20000/s')]);
    for (const { code, stderr } of runs) expect([0, 5], stderr).toContain(code);
    const grow = (...from: string[]) =>
      shardlab(['grow', 's.yaml', '--to', '8', ...from, '--out', 'out'], { cwd });
    const easy = await grow('--from', '200s/result.json');
    expect(easy.code, easy.stderr).toBe(0);
    expect(unfolded(easy.stdout)).toContain('because no higher rate was SATURATED');
    expect(documentIn(cwd).capacity.map(({ bound }) => bound)).not.toContain('known');
    const both = await grow('--from', '200s/result.json,20000s/result.json');
    expect(both.code, both.stderr).toBe(0);
    expect(unfolded(both.stdout)).toMatch(/is less than [\d,]+, because \S+ was SATURATED at/);
    const [, row] = documentIn(cwd).capacity;
    expect(row?.capacityQpsHigh).toBeGreaterThan(row?.capacityQps ?? 0);
  });
});

test('3 TB: a plan draws as many rows as it needs, and all of them move', async () => {
  const { cwd, code, stderr } = await grown(
    tinyScenario({ data: '{ total: 3TB }', strategies: '[{ key: tenant_id, router: jump }]' }),
    '--to',
    '4',
    '--capacity',
    '900/s',
  );
  expect(code, stderr).toBe(0);
  const { findings, now, plans, growth } = documentIn(cwd);
  expect(findings[0]?.text).toBe(
    '3TB (data.total) are 5,859,375,000 rows of 512B. 2,097,152 rows were drawn, and ' +
      'each of them represents 2,794. Shares of the rows are exact to about 0.1 %.',
  );
  expect(now.bytes).toBe(3e12);
  const moved = growth[0]?.flows.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  expect(moved / 3e12).toBeCloseTo(growth[0]?.bytesMovedFraction ?? 0, 9);
  expect(plans[0]?.bytes).toBeCloseTo(moved, -3);
});
