import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { parseGrowthDocument } from '../result/growth-parse.ts';
import { formatRunResult } from '../result/parse.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { repository, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

/** A folder with a scenario and, where it was grown, what came of it. */
async function grown(scenario: string, ...args: string[]) {
  const cwd = scratch();
  writeFileSync(join(cwd, 's.yaml'), scenario);
  const ended = await shardlab(['grow', 's.yaml', '--out', 'out', ...args], { cwd });
  return { cwd, ...ended };
}

const documentIn = (cwd: string): GrowthDocument =>
  parseGrowthDocument(readFileSync(join(cwd, 'out', 'growth.json'), 'utf8'), 'growth.json');

/** Sentences without the line breaks of a terminal. */
const unfolded = (text: string): string => text.replaceAll(/\s+/g, ' ');

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
  - { name: own, kind: read, weight: 90, binds: [tenant_id], sql: "select total from orders where tenant_id = :tenant_id limit 1" }
  - { name: everywhere, kind: read, weight: 10, sql: "select max(total) from orders" }`,
    strategies: '[{ key: tenant_id, router: mod, hash: identity }]',
  });

  test('16 shards do the work of 6.4, and the report says why', async () => {
    const { cwd, code, stdout, stderr } = await grown(scattered, '--to', '8,16');
    expect(code, stderr).toBe(0);
    const largest = documentIn(cwd).capacity.find(({ shardCount }) => shardCount === 16);
    // 1 / (0.9 / 16 + 0.1).
    expect(present(largest, 'row of 16 shards').effectiveShards).toBeCloseTo(6.4, 6);
    const why =
      /16 shards do the work of 6\.4 databases\. .* ask all shards \(everywhere\), which more shards/;
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

  test('an easy run is a lower bound, and with a SATURATED one at a higher rate a capacity', async () => {
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

test('3 TB: as many rows are drawn as a plan needs, and what moves is that of all rows', async () => {
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
    '3TB (data.total) are 5,859,375,000 rows of 512B. 2,097,152 rows were drawn, and each of them ' +
      'represents 2,794. Shares of the rows are exact to about 0.1 %.',
  );
  expect(now.bytes).toBe(3e12);
  const moved = growth[0]?.flows.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  expect(moved / 3e12).toBeCloseTo(growth[0]?.bytesMovedFraction ?? 0, 9);
  expect(plans[0]?.bytes).toBeCloseTo(moved, -3);
});

describe('bad input ends with 2 and a clear message', () => {
  const list = tinyScenario({
    topology: '{ shards: 3 }',
    strategies:
      '[{ key: region, router: list, settings: { lists: { 0: [eu], 1: [us] }, default: 2 } }]',
  });
  const path = (change: Readonly<Record<string, string>>) => tinyScenario(change);

  test.each([
    ['no path', tinyScenario(), [], 's.yaml has no growth.to'],
    ['the present count', tinyScenario(), ['--to', '2'], 'the path 2 -> 2 has 2 shards twice'],
    ['a count twice', tinyScenario(), ['--to', '4,2'], 'the path 2 -> 4 -> 2 has 2 shards twice'],
    [
      'a path that is no list',
      tinyScenario(),
      ['--to', '5:8'],
      '--to: found "5:8"; allowed: shard',
    ],
    [
      'fewer shards under a list',
      list,
      ['--to', '2'],
      'region/list, 3 -> 2 shards: default: 2 is no',
    ],
    [
      'a path in the scenario that is none',
      path({ growth: '{ to: 5 }' }),
      [],
      'growth.to: found 5',
    ],
    [
      'a negative price',
      path({ cost: '{ instance: -1 }' }),
      ['--to', '4'],
      'cost.instance: found -1',
    ],
    ['10^12 keys', tinyScenario(), ['--to', '4', '--keys', '1000000000000'], '--keys: found'],
    [
      'a directory over a key space',
      tinyScenario(),
      ['--to', '4', '--router', 'directory', '--keys', '1000'],
      "its growth can be counted only over the scenario's tenants",
    ],
    ['an unknown router', tinyScenario(), ['--to', '4', '--router', 'jmp'], 'unknown router "jmp"'],
    [
      'both sources of capacity',
      tinyScenario(),
      ['--to', '4', '--capacity', '9', '--from', 'r.json'],
      "option '--capacity <rate>' cannot be used with option '--from <result>'",
    ],
  ] as const)('%s', async (_, scenario, args, message) => {
    const { code, stdout, stderr } = await grown(scenario, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(unfolded(stderr)).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a shard map with a tenant that is not there, and without one that is', async () => {
    const cwd = scratch();
    const growth = '{ to: [4], present: { file: map.csv, key: tenant_id } }';
    writeFileSync(join(cwd, 's.yaml'), tinyScenario({ growth, tenants: '{ zipf: 1, count: 3 }' }));
    const endedWith = async (lines: readonly string[]) => {
      writeFileSync(join(cwd, 'map.csv'), ['tenant_id,shard', ...lines, ''].join('\n'));
      return shardlab(['grow', 's.yaml', '--out', 'out'], { cwd });
    };
    const bad = await endedWith(['tenant-00001,0', 'tenant-00009,1', 'tenant-00003,1']);
    expect({ code: bad.code, stdout: bad.stdout }).toEqual({ code: 2, stdout: '' });
    expect(bad.stderr).toContain('map.csv:3:1: the scenario has no tenant "tenant-00009"');
    expect(bad.stderr).toContain('map.csv:1:1: these tenants of the scenario have no line');
    const good = await endedWith(['tenant-00001,1', 'tenant-00002,1', 'tenant-00003,1']);
    expect(good.code, good.stderr).toBe(0);
    const { capacity, growth: moved, findings } = documentIn(cwd);
    const row = capacity.find((each) => each.strategy === 'tenant_id/jump');
    expect(row).toMatchObject({ shardCount: 2, placements: null });
    // The other shard has its part of what asks all shards, and nothing else.
    expect(present(row, 'present row').effectiveShards).toBeLessThan(1.3);
    const first = present(moved[0], 'step');
    expect(first).toMatchObject({ strategy: 'tenant_id/jump', from: 2, to: 4, band: null });
    expect(findings.map(({ text }) => text).join('\n')).toContain(
      'The tenants are where map.csv has them',
    );
  });

  test('a result of another scenario, or of a newer schema, as --from', async () => {
    const cwd = scratch();
    const text = formatRunResult(sampleResult());
    writeFileSync(join(cwd, 's.yaml'), tinyScenario());
    writeFileSync(join(cwd, 'other.json'), text);
    writeFileSync(
      join(cwd, 'newer.json'),
      text.replace(/shardlab\/result\/v\d/, 'shardlab/result/v9'),
    );
    const from = (file: string) =>
      shardlab(['grow', 's.yaml', '--to', '4', '--from', file, '--out', 'out'], { cwd });
    const [other, newer, missing] = await Promise.all(
      ['other.json', 'newer.json', 'none.json'].map(from),
    );
    expect([other?.code, newer?.code, missing?.code]).toEqual([2, 2, 2]);
    expect(other?.stderr).toContain('other.json is a result of another scenario');
    expect(newer?.stderr).toContain(
      'schema is "shardlab/result/v9"; known: shardlab/result/v2, shardlab/result/v1',
    );
    expect(missing?.stderr).toContain('there is no such file');
    expect(readdirSync(cwd).toSorted()).toEqual(['newer.json', 'other.json', 's.yaml']);
  });
});
