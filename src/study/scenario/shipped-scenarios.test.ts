import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { decodeScenario } from '../../scenario/decode.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from './vocabulary.ts';

const folder = new URL('../../../scenarios/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));

async function scenarioIn(file: string) {
  const text = decodeScenario(await readFile(new URL(file, folder)), file);
  return parseScenario(text, file, scenarioVocabulary(sqlReaderFixture));
}

test('these scenarios are shipped', () => {
  const ids = ['ids-serial', 'ids-snowflake', 'ids-uuid4', 'ids-uuid7'];
  const skews = ['even', 'hot-shard', 'hot-tenant', 'quickstart', 'saas-skew'];
  const shapes = [
    'burst',
    'directory-lookup',
    'geo',
    'helpdesk',
    'hot-cold',
    'monotonic',
    'read-mostly',
    'transfer',
  ];
  const tables = ['shop', 'smallbank', 'social', 'tatp', 'tpcc'];
  const names = [...ids, ...skews, ...shapes, ...tables].toSorted();
  expect(files.toSorted()).toStrictEqual(names.map((name) => `${name}.yaml`));
});

describe.each(files)('%s', (file) => {
  test('says what it imitates and what it shows, and where its schema is', async () => {
    const text = await readFile(new URL(file, folder), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/);
    expect(text).toMatch(/^# Imitates: /m);
    expect(text).toMatch(/^# Shows: /m);
  });

  test('parses, is named after its file and describes itself', async () => {
    const scenario = await scenarioIn(file);
    expect(`${scenario.name}.yaml`).toBe(file);
    expect(scenario.description).not.toBe('');
  });

  test('has quotas that leave a machine of two cores some room', async () => {
    const { topology } = await scenarioIn(file);
    expect(topology.shards * (topology.quota?.cpu ?? 0)).toBeLessThanOrEqual(2 - 0.75);
  });
});

test('the quickstart spells out the default operations', async () => {
  const text = `name: x\nrate: 1/s\nstrategies: [{ key: tenant_id, router: jump }]\n`;
  const { operations, schema } = parseScenario(
    text,
    'x.yaml',
    scenarioVocabulary(sqlReaderFixture),
  );
  const quickstart = await scenarioIn('quickstart.yaml');
  expect(quickstart.operations).toStrictEqual(operations);
  expect(quickstart.schema).toStrictEqual(schema);
});

test('the quickstart compares six strategies', async () => {
  const { strategies, baseline } = await scenarioIn('quickstart.yaml');
  expect(baseline).toBe(true);
  expect(strategies.map((strategy) => strategy.name)).toStrictEqual([
    'tenant_id/mod',
    'tenant_id/jump',
    'tenant_id/ring:150',
    'tenant_id/range',
    'tenant_id/directory',
    'order_id/jump',
  ]);
});

test('every write of monotonic is a new row', async () => {
  const { operations } = await scenarioIn('monotonic.yaml');
  const writes = operations.filter((operation) => operation.kind === 'write');
  expect(
    writes.flatMap((operation) => operation.statements.map((each) => each.insert)),
  ).toStrictEqual([true]);
});

test('the scenarios on ids differ in the style of the id alone', async () => {
  const styles = ['serial', 'snowflake', 'uuid4', 'uuid7'];
  const scenarios = await Promise.all(styles.map((style) => scenarioIn(`ids-${style}.yaml`)));
  const rest = scenarios.map(({ schema, ...same }) => {
    const columns = schema.columns.filter(({ generator }) => generator.kind !== 'id');
    const ddl = schema.ddl.map((text) => text.replace(/order_id (int8|uuid)/, 'order_id'));
    return { ...same, name: '', description: '', schema: { ...schema, columns, ddl } };
  });
  for (const each of rest) expect(each).toStrictEqual(rest[0]);
  const ids = scenarios.flatMap(({ schema }) =>
    schema.columns.flatMap(({ generator }) => (generator.kind === 'id' ? [generator.style] : [])),
  );
  expect(ids).toStrictEqual(styles);
});

type Row = Readonly<Record<string, string>>;

async function csv(url: URL): Promise<Row[]> {
  const rows: Row[] = parse(await readFile(url), { columns: true });
  return rows;
}

function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

// The figures stand in scenarios/data/README.md.
test('the Debian tenants have the totals of the package index', async () => {
  const rows = await csv(new URL('data/debian-tenants.csv', folder));
  expect(rows).toHaveLength(2248);
  expect(total(rows, 'packages')).toBe(63_440);
  expect(total(rows, 'installed_kb')).toBe(338_661_848);
  expect(rows[0]).toStrictEqual({
    tenant: 't35013cd52d',
    packages: '3969',
    installed_kb: '1004087',
  });
});

const source = new URL('../../../../shared/data/debian-packages.csv', import.meta.url);

test.skipIf(!existsSync(source))('the Debian tenants are the sums of their source', async () => {
  const sums = new Map<string, { packages: number; kb: number }>();
  for (const row of await csv(source)) {
    const tenant = row.tenant ?? '';
    const { packages, kb } = sums.get(tenant) ?? { packages: 0, kb: 0 };
    sums.set(tenant, { packages: packages + 1, kb: kb + Number(row.installed_kb) });
  }
  const expected = [...sums]
    .toSorted(([a, x], [b, y]) => y.packages - x.packages || (a < b ? -1 : 1))
    .map(([tenant, { packages, kb }]) => `${tenant},${packages},${kb}\n`);
  const committed = await readFile(new URL('data/debian-tenants.csv', folder), 'utf8');
  expect(committed).toBe(`tenant,packages,installed_kb\n${expected.join('')}`);
});
