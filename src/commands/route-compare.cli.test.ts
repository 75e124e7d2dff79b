import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RouterComparison } from '../result/router-comparison.ts';
import { routers } from '../router/registry.ts';
import { type Ended, makeScratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

const folder = makeScratch();
const path = join(folder, 'tiny.yaml');
writeFileSync(path, tinyScenario());
afterAll(() => rmSync(folder, { recursive: true }));

const compare = (...options: string[]): Promise<Ended> =>
  shardlab(['route', '--compare', path, '--samples', '10', ...options]);

const documentOf = async (...options: string[]): Promise<RouterComparison> => {
  const { code, stdout, stderr } = await compare('--json', ...options);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as RouterComparison;
};

describe('a table', () => {
  let shown: Ended;
  beforeAll(async () => {
    shown = await compare();
  });

  test('on stdout, in 80 columns', () => {
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toContain('tenant_id (text) on 2 shards, then 3\n');
    expect(shown.stdout).toContain('order_id (int8) on 2 shards, then 3\n');
    for (const line of shown.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('with every router, or the reason why it is not there', () => {
    const [tenants = ''] = shown.stdout.split('order_id (int8)');
    for (const { name } of routers) {
      expect(tenants, name).toMatch(new RegExp(`^(?:not compared: )?${name}\\b`, 'm'));
    }
    expect(tenants).toMatch(/^jump \* /m);
  });
});

describe('--json', () => {
  let first: RouterComparison;
  beforeAll(async () => {
    first = await documentOf();
  });

  test('is the same document every time, but for what is measured', async () => {
    const second = await documentOf();
    const computed = ({ shardKeys, ...rest }: RouterComparison) => ({
      ...rest,
      shardKeys: shardKeys.map((key) => ({
        ...key,
        routers: key.routers.map((router) => ({ ...router, cost: null })),
      })),
    });
    expect(computed(first)).toEqual(computed(second));
    expect(first.schema).toBe('shardlab/router-comparison/v2');
    for (const { routers: compared, refused } of first.shardKeys) {
      expect(compared.length + refused.length).toBe(routers.length);
    }
  });

  test('every declared trait shows in the movement, and every cost is measured', () => {
    const compared = first.shardKeys.flatMap((key) => key.routers);
    const broken = compared.filter(
      ({ traits, movement }) => traits.monotone && movement?.monotone === false,
    );
    expect(broken.map(({ router }) => router)).toEqual([]);
    for (const { router, cost } of compared) {
      expect(cost.lookupNs, router).toBeGreaterThan(1);
      expect(cost.memoryBytes ?? 1, router).toBeGreaterThan(0);
    }
  });

  test('--shards and --seed change what they say', async () => {
    const eight = await documentOf('--shards', '8', '--seed', '3');
    expect(eight).toMatchObject({ seed: 3, shardCount: 8, nextShardCount: 9 });
    expect(eight.weights).toHaveLength(8);
    expect(eight.shardKeys[0]?.optimalFraction).toBeCloseTo(1 / 9, 12);
  });
});

describe('refused with 2, and nothing on stdout', () => {
  test.each([
    [['--router', 'jump'], "option '--compare <scenario>' cannot be used with option '--router"],
    [['--salt', 'x'], "cannot be used with option '--salt"],
    [['--shards', '0'], '--shards: found 0; allowed: a whole number from 1'],
    [['--samples', '0', '--shards', '0'], '--samples: found 0; allowed: a whole number from 1'],
    [['--seed', 'x'], '--seed: found "x"; allowed: a whole number'],
  ])('%j', async (options, message) => {
    const { code, stdout, stderr } = await shardlab(['route', '--compare', path, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each(['--json', '--samples=5', '--seed=1'])('%s without --compare', async (option) => {
    const routed = ['route', '--router', 'jump', '--shards', '2', option];
    const { code, stdout, stderr } = await shardlab(routed, { input: 'a\n' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: option '${option.split('=')[0]}' needs --compare <scenario>`);
  });

  test('a scenario that is not there', async () => {
    const { code, stderr } = await shardlab(['route', '--compare', 'missing.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot read scenario missing.yaml: there is no such file');
  });
});
