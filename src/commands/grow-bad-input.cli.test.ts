import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { formatRunResult } from '../result/parse.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { documentIn, grown, unfolded } from './grow-fixture.ts';
import { scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

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
