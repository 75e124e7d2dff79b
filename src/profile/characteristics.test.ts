import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { characteristicsDocument } from '../result/characteristics-document.ts';
import type { Fact } from '../result/finding.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { candidateKeys } from './candidates.ts';
import { characteristics } from './characteristics.ts';
import type { CandidateKey, Evidence, KeyLoad, KeyValues } from './evidence.ts';
import { evenCounts, keyValuesOf } from './key-values-fixture.ts';
import { shippedEvidence } from './shipped-evidence-fixture.ts';

const about = { name: 'shop', startedAt: '2026-01-01T00:00:00Z', command: '', shardlab: '0' };
const pseudonyms = { of: (value: string): string => `p${value.length}` };
const kept = { of: (value: string): string => value };

const documentOf = (evidence: Evidence, names = kept) =>
  characteristics(evidence, { reader, pseudonyms: names, about });

const shop = shippedEvidence('shop');
const schema = present(shop.schema, 'schema');
const candidates = candidateKeys(schema, shop.queries?.templates ?? [], reader);

/** Rows by value: 500 shops, of which one has a tenth of all orders and lines. */
const shops = { ...evenCounts(500, 18), '1': 1000 };
const values: readonly KeyValues[] = candidates.flatMap((candidate) =>
  candidate.columns.map(({ table }) => {
    if (candidate.key === 'tenant_id') return keyValuesOf(candidate.key, table, shops);
    const counts =
      candidate.key === 'region' ? { eu: 4, us: 3, ap: 2, sa: 1 } : evenCounts(2000, 5);
    return keyValuesOf(candidate.key, table, counts);
  }),
);
const measured: Evidence = { ...shop, candidates, values };

function candidateIn(evidence: Evidence, key: string) {
  const { candidates: found } = documentOf(evidence);
  return present(
    found.find((each) => each.key === key),
    key,
  );
}

test('the shop by its tenants comes first; four regions cannot be used', () => {
  const keys = documentOf(measured).candidates.map(({ key }) => key);
  expect(keys[0]).toBe('tenant_id');
  expect(keys.at(-1)).toBe('region');
});

test.each([
  ['tpcc', 'warehouse'],
  ['social', 'user'],
  ['smallbank', 'custid'],
  ['tatp', 's_id'],
] as const)('%s: %s comes first', (name, key) => {
  const evidence = shippedEvidence(name);
  const templates = evidence.queries?.templates ?? [];
  const keys = candidateKeys(present(evidence.schema, 'schema'), templates, reader);
  expect(documentOf({ ...evidence, candidates: keys }).candidates[0]?.key).toBe(key);
});

test('with sentences, the document is one that can be read again', () => {
  const said = (facts: readonly Fact[]) => facts.map((each) => ({ ...each, text: 'It is so.' }));
  const { candidates: found, unseen, ...rest } = documentOf(measured);
  type Found = (typeof found)[number];
  const saidOfQuery = ({ reason, ...query }: Found['frequent'][number]) =>
    reason === undefined ? query : { ...query, reason: said([reason])[0] };
  const saidOf = ({ findings, frequent, ...each }: Found) => {
    return { ...each, findings: said(findings), frequent: frequent.map(saidOfQuery) };
  };
  const worded = {
    ...rest,
    candidates: found.map(saidOf),
    unseen: said(unseen),
    scenario: { file: null, coveredShare: null, scale: 1, notes: [] },
  };
  expect(characteristicsDocument.parse(worded)).toStrictEqual(worded);
});

test('shares, effective and useful numbers by their formulas', () => {
  const even = candidateIn(measured, 'user_id');
  expect(even).toMatchObject({ distinct: 2000, usefulShards: 2000 });
  expect(even.effective).toBeCloseTo(2000, 9);
  const { largestShare, effective, usefulShards, top } = candidateIn(measured, 'tenant_id');
  const rows = 1000 + 499 * 18;
  expect(largestShare).toBeCloseTo(1000 / rows, 12);
  expect(usefulShards).toBeCloseTo(rows / 1000, 12);
  expect(effective).toBeCloseTo(rows ** 2 / (1000 ** 2 + 499 * 18 ** 2), 9);
  expect(top).toHaveLength(5);
});

const key: CandidateKey = present(
  candidates.find((each) => each.key === 'tenant_id'),
  'the tenants',
);

function loaded(load: Partial<KeyLoad>): Evidence {
  const base: KeyLoad = {
    key: key.key,
    basis: 'observed',
    counted: 100,
    distinct: 4,
    top: [
      { value: '7', count: 40, error: 5, overTime: [10, 30] },
      { value: '1', count: 20, error: 0, overTime: [10, 10] },
    ],
    pairs: 40 * 39 + 3 * 20 * 19,
    countsPerValue: [],
    transactions: { several: 3, all: 60 },
    distinctOverTime: [3, 4],
  };
  const queries = { ...present(shop.queries, 'queries'), perSecond: [1, 2, 3, 6] };
  return { ...measured, queries, load: [{ ...base, ...load }] };
}

describe('load', () => {
  test('observed: shares with their errors, by pairs without bias', () => {
    const { load, heatMap, distinctOverTime } = candidateIn(loaded({}), key.key);
    expect(load).toMatchObject({ basis: 'observed', counted: 100, largestShare: 0.4 });
    expect(load.top[0]).toStrictEqual({ value: '7', share: 0.4, error: 0.05 });
    expect(load.effective).toBeCloseTo((100 * 99) / (40 * 39 + 3 * 20 * 19), 12);
    expect(load.usefulShards).toBe(2.5);
    expect(heatMap).toStrictEqual({
      values: ['7', '1'],
      atSeconds: [0, 2],
      counts: [
        [10, 30],
        [10, 10],
      ],
    });
    expect(distinctOverTime).toStrictEqual([3, 4]);
  });

  test('without pairs, what is below the heaviest is taken to be even', () => {
    const { load } = candidateIn(loaded({ pairs: null }), key.key);
    expect(load.effective).toBeCloseTo(1 / (0.4 ** 2 + 0.2 ** 2 + 2 * 0.2 ** 2), 12);
  });

  test('each operation a value of its own', () => {
    const top = [{ value: '7', count: 1, error: 0, overTime: [] }];
    const { load, heatMap } = candidateIn(loaded({ pairs: 0, distinct: 100, top }), key.key);
    expect(load.effective).toBe(100);
    expect(heatMap).toBeNull();
  });

  test('written by few transactions says less than rows', () => {
    const basisOf = (counted: number) =>
      candidateIn(loaded({ basis: 'written', counted, pairs: null }), key.key).load.basis;
    expect([basisOf(99), basisOf(100)]).toStrictEqual(['rows', 'written']);
  });

  test('of rows where none was seen', () => {
    const { load, heatMap } = candidateIn(measured, key.key);
    expect(load).toMatchObject({ basis: 'rows', counted: 1000 + 499 * 18 });
    expect(heatMap).toBeNull();
  });

  test('transactions across values', () => {
    const { crossShardTransactions, findings } = candidateIn(loaded({}), key.key);
    expect(crossShardTransactions).toStrictEqual({ several: 3, all: 60, share: 0.05 });
    const codes = findings.map(({ code }) => code);
    expect(codes).toContain('key-cross-shard-transactions');
    expect(codes).toContain('key-load-more-skewed');
    expect(codes).toContain('key-load-uncertain');
  });
});

test('what a key of four values is found to be', () => {
  const codes = candidateIn(measured, 'region').findings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['key-few-values', 'key-hot-value', 'key-updated']));
});

test('NULLs count by rows, over all tables', () => {
  const [first, ...others] = values.filter((each) => each.key === key.key);
  const { table, rows } = present(first, 'values');
  const nulls = keyValuesOf(key.key, table, shops, rows);
  const { nullFraction, findings } = candidateIn(
    { ...measured, values: [nulls, ...others] },
    key.key,
  );
  const all = values.filter((each) => each.key === key.key).length + 1;
  expect(nullFraction).toBeCloseTo(1 / all, 12);
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'key-nulls',
      severity: 'warning',
      names: { tables: [table] },
    }),
  );
});

test('values leave as pseudonyms only', () => {
  const secret = { 'planted-secret-1': 5, 'planted-secret-2': 3 };
  const planted = candidates.map(({ key: of, columns }) =>
    keyValuesOf(of, columns[0]?.table ?? '', secret),
  );
  const top = [{ value: 'planted-secret-3', count: 40, error: 0, overTime: [1] }];
  const evidence = { ...loaded({ top }), values: planted };
  expect(JSON.stringify(documentOf(evidence, pseudonyms))).not.toContain('planted');
  expect(JSON.stringify(documentOf(evidence))).toContain('planted-secret-3');
});

test('labels and literals of the schema stay, also within several columns', () => {
  const tables = schema.tables.map((table) => ({
    ...table,
    checks: [`CHECK ((region = ANY (ARRAY['eu'::text, 'us'::text])))`],
  }));
  const evidence = { ...measured, schema: { ...schema, tables } };
  const { candidates: found } = documentOf(evidence, pseudonyms);
  const { top } = present(
    found.find((each) => each.key === 'region'),
    'region',
  );
  expect(top.map(({ value }) => value)).toStrictEqual(['eu', 'us', 'p2', 'p2']);
  const pair = keyValuesOf('tenant_id+user_id', 'orders', { '1\u001f22': 3 });
  const both = documentOf({ ...measured, values: [pair] }, pseudonyms).candidates;
  expect(both.find((each) => each.key === 'tenant_id+user_id')?.top[0]?.value).toBe('p1, p2');
});

test('of a file: what keeps rows together and is called like an id comes first', () => {
  const users = present(
    schema.tables.find((each) => each.name === 'users'),
    'users',
  );
  const rows = { count: 100, basis: 'exact' } as const;
  const file = { ...users, name: 'rows', kind: 'file', primary: [], unique: [], foreign: [], rows };
  const files = { tables: [{ ...file, kind: 'file' as const }], views: [] };
  const keys = candidateKeys(files, [], reader);
  const of = (column: string, count: number) =>
    keyValuesOf(column, 'rows', evenCounts(count, 100 / count));
  const found = documentOf({
    ...shop,
    schema: files,
    queries: null,
    candidates: keys,
    values: [of('tenant_id', 10), of('email', 50), of('rows', 100), of('region', 4)],
  });
  const order = found.candidates.map(({ key: each }) => each);
  expect(order.slice(0, 2)).toStrictEqual(['tenant_id', 'email']);
  expect(order.indexOf('region')).toBeGreaterThan(1);
});

test('nothing seen at all', () => {
  const nothing = { ...shop, schema: null, queries: null };
  expect(documentOf(nothing)).toMatchObject({ tables: [], candidates: [], queries: null });
});

test('a key that could not be measured says so', () => {
  const { largestShare, effective, load, findings } = candidateIn(
    { ...measured, values: [] },
    key.key,
  );
  expect({ largestShare, effective, load }).toMatchObject({
    largestShare: null,
    effective: null,
    load: { basis: 'rows', largestShare: 0, top: [] },
  });
  expect(findings.map(({ code }) => code)).toContain('key-not-measured');
});
