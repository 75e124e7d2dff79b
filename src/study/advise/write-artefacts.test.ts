import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Artefact } from '../../advice/artefacts/artefact-types.ts';
import { artefactsOf } from '../../advice/artefacts/artefacts.ts';
import { present } from '../../base/assert.ts';
import type { Strategy } from '../../scenario/types.ts';
import { worded } from '../../wording/worded.ts';
import { type LoadedScenario, loadPlanned } from '../scenario/load-scenario.ts';
import { artefactInput, writeArtefacts } from './write-artefacts.ts';

let quickstart: LoadedScenario;
let shop: LoadedScenario;

const load = (name: string): Promise<LoadedScenario> =>
  loadPlanned(
    fileURLToPath(new URL(`../../../scenarios/${name}.yaml`, import.meta.url)),
    {},
    () => undefined,
  );

beforeAll(async () => {
  quickstart = await load('quickstart');
  shop = await load('shop');
}, 60_000);

const strategyOf = (key: string, router: string, rest: Partial<Strategy> = {}): Strategy => {
  return { name: `${key}/${router}`, key, router, parameter: null, hash: null, salt: '', ...rest };
};

const ofShop = (router: string, rest: Partial<Strategy> = {}): readonly Artefact[] =>
  artefactsOf(artefactInput(shop, strategyOf('tenant', router, rest), 4));

const found = (artefacts: readonly Artefact[], path: string): Artefact =>
  present(
    artefacts.find((each) => each.path === path),
    path,
  );

const engineFiles = ['citus/tables.sql', 'pgdog/pgdog.toml', 'vitess/vschema.json'];
const placements = (artefacts: readonly Artefact[]) =>
  Object.fromEntries(engineFiles.map((path) => [path, found(artefacts, path).placement]));

describe('what engines place as the recommendation does', () => {
  const different = Object.fromEntries(engineFiles.map((path) => [path, 'different']));

  test.each([
    ['jump', {}],
    ['pgdog', { 'pgdog/pgdog.toml': 'exact' }],
    ['postgres-hash', { 'pgdog/pgdog.toml': 'exact' }],
    ['citus', { 'citus/tables.sql': 'exact' }],
    ['vitess-hash', { 'vitess/vschema.json': 'exact' }],
    ['vitess-xxhash', { 'vitess/vschema.json': 'exact' }],
    // By ranges and lists of PgDog's own.
    ['range', { 'pgdog/pgdog.toml': 'exact' }],
    ['directory', { 'pgdog/pgdog.toml': 'exact' }],
  ])('%s', (router, exact) => {
    expect(placements(ofShop(router))).toEqual({ ...different, ...exact });
  });

  test('nothing is exact where the heaviest keys have shards of their own', () => {
    const pin = { tenants: [], above: 0.04 };
    for (const router of ['pgdog', 'citus', 'vitess-hash', 'directory']) {
      expect(placements(ofShop(router, { pin }))).toEqual(different);
    }
  });

  test('what is different brings its own map, and the band of its placements', () => {
    const artefacts = ofShop('jump');
    const { numbers } = found(artefacts, 'citus/tables.sql').note;
    expect(numbers['p5']).toBeLessThanOrEqual(numbers['p50'] ?? 0);
    expect(numbers['p50']).toBeLessThanOrEqual(numbers['p95'] ?? 0);
    const map = JSON.parse(found(artefacts, 'citus/shard-map.json').text) as {
      band: unknown;
      keys: unknown[];
    };
    const { p5, p50, p95 } = numbers;
    expect(map.band).toEqual({ p5, p50, p95 });
    expect(map.keys).toHaveLength(500);
    expect(ofShop('citus').map(({ path }) => path)).not.toContain('citus/shard-map.json');
  });
});

test('Citus: references, groups of one key, tenants alone, then constraints', () => {
  const pin = { tenants: [{ id: '1', shard: 2 }], above: null };
  const { text } = found(ofShop('jump', { pin }), 'citus/tables.sql');
  const calls = text.match(/^select [^;]*;/gm)?.map((each) => each.replaceAll(/\s+/g, ' '));
  const lies = (table: string) =>
    `select create_distributed_table('"${table}"', 'tenant_id', colocate_with => '"tenants"');`;
  expect(calls).toEqual([
    `select create_reference_table('"countries"');`,
    `select create_reference_table('"products"');`,
    `select create_distributed_table('"tenants"', 'id', ` +
      "colocate_with => 'none', shard_count => 32);",
    lies('users'),
    lies('orders'),
    lies('lines'),
    `select isolate_tenant_to_new_shard('"tenants"', '1'::int8, 'CASCADE');`,
  ]);
  expect(text).toContain('alter table "users" add unique ("tenant_id", "email");');
});

test('PgDog: ranges begin and end where runs do, with nothing at either end', () => {
  const { text } = found(ofShop('range'), 'pgdog/pgdog.toml');
  const first = text.split('\n\n').filter((part) => part.includes('table = "tenants"'));
  expect(first).toHaveLength(4);
  expect(first[0]).not.toContain('start');
  expect(first[3]).not.toContain('end =');
  const starts = first.map((part) => /start = (\d+)/.exec(part)?.[1]);
  const ends = first.map((part) => /end = (\d+)/.exec(part)?.[1]);
  expect(starts.slice(1)).toEqual(ends.slice(0, 3));
  expect(text).toContain('tables = ["countries","products"]');
});

test('a router that is not written elsewhere is a table of the known keys, and says so', () => {
  const artefacts = ofShop('anchor');
  const { note, text } = found(artefacts, 'router/router.ts');
  expect(note).toMatchObject({ code: 'artefact-router-as-table', numbers: { keys: 500 } });
  expect(text).toContain('const listed = new Map');
});

test('of a key of several columns only what places nothing is written', () => {
  const input = artefactInput(shop, strategyOf('tenant_user', 'jump'), 4);
  const artefacts = artefactsOf(input);
  expect(artefacts.map(({ path }) => path)).toEqual([
    'README.md',
    'constraints.sql',
    'migration.md',
  ]);
  expect(artefacts[0]?.text).toContain('The key tenant_user has several columns');
});

test('hours are bytes by the rate, both printed', () => {
  const { note, text } = found(ofShop('jump'), 'migration.md');
  // 1.5 TB at 2 MB a second.
  expect(note.numbers['copyHours']).toBeCloseTo(1.5e12 / 2e6 / 3600, 6);
  expect(text).toContain('| 3. backfill | the rows that were there before are copied | 208 h |');
  expect(text).toContain('1.50 TB are copied: what the scenario says is there today');
});

test('the folder has every file, and its list says what each is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-advised-'));
  try {
    const strategy = strategyOf('tenant_id', 'ring', { parameter: 150 });
    const artefacts = artefactsOf(artefactInput(quickstart, strategy, 4));
    await writeArtefacts(folder, artefacts);
    const list = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const { path, text, note } of artefacts) {
      expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
      expect(list.includes(`| ${path} |`)).toBe(path !== 'README.md');
      expect(list).toContain(worded(note).text);
    }
    const map: unknown = JSON.parse(readFileSync(join(folder, 'shard-map.json'), 'utf8'));
    expect(map).toMatchObject({ rule: 'first point at or after', hash: 'xxh64', shardCount: 4 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
