import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { statementFate } from '../../sql/statement-fate.ts';
import { evidenceTables } from '../evidence-tables.ts';
import type { Template } from '../evidence.ts';
import { TemplateAnalyst } from '../keys/analysed-templates.ts';
import { queryEvidenceOf, schemaEvidenceOf, shippedTables } from '../shipped-evidence-fixture.ts';
import { keyPlacing } from './key-placing.ts';
import { statementShares } from './statement-shares.ts';
import { usesOfTables } from './table-uses.ts';
import { weighedStatements } from './weighed-statements.ts';

const shipped = (['shop', 'tpcc', 'social', 'smallbank', 'tatp'] as const).flatMap((name) => {
  const scenario = shippedTables(name);
  const set = present(scenario.tables, 'tables');
  const plain = set.keys.filter(({ columns }) => columns.every(({ bits }) => bits === undefined));
  return plain.map((key) => ({ name, key, scenario, set }));
});

describe.each(shipped)('$name by $key.name', ({ key, scenario, set }) => {
  const schema = schemaEvidenceOf(scenario);
  const tables = evidenceTables(schema);
  const analyst = new TemplateAnalyst(tables, reader);
  const statements = weighedStatements(queryEvidenceOf(scenario).templates, analyst);
  const candidate = { key: key.name, columns: key.columns, root: null, because: [] };
  const placing = keyPlacing(candidate, tables, usesOfTables(schema, statements));
  // Ways round are statements like any other where only templates are seen.
  const operations = scenario.operations.map(({ name, kind, weight, statements: own, script }) => {
    return { name, kind, weight, statements: own, ...(script && { script }) };
  });
  const layouts = layoutsOf({
    set,
    operations,
    strategies: [{ key: key.name }],
    tenants: 500,
    reader,
  });
  const layout = present(layouts.get(key.name), 'layout');

  test('tables lie as the scenario has them', () => {
    expect(placing.layouts).toStrictEqual(layout.tables);
  });

  test('statements that know their values have the fate that the scenario gives them', () => {
    const fates = operations.flatMap(({ name, script }, at) =>
      (script?.statements ?? []).flatMap(({ text, parameters }, index) => {
        if (parameters.some(({ kind }) => kind === 'answer')) return [];
        const { analysis, parameters: facts } = analyst.of(text);
        const { fate } = statementFate(analysis, facts, placing.placing);
        return [{ name, text, fate, scenario: layout.operations[at]?.statements[index]?.fate }];
      }),
    );
    expect(fates.length).toBeGreaterThan(0);
    expect(fates.filter((each) => each.fate !== each.scenario)).toStrictEqual([]);
  });
});

const shop = shippedTables('shop');
const shopSchema = schemaEvidenceOf(shop);
const shopTables = evidenceTables(shopSchema);

function sharesBy(name: string, templates: readonly Template[]) {
  const { columns } = present(
    shop.tables?.keys.find((key) => key.name === name),
    name,
  );
  const candidate = { key: name, columns, root: null, because: [] };
  const statements = weighedStatements(templates, new TemplateAnalyst(shopTables, reader));
  const placing = keyPlacing(candidate, shopTables, usesOfTables(shopSchema, statements));
  return statementShares(candidate, statements, placing);
}

const template = (sql: string, calls: number, totalMs: number | null = null): Template => {
  return { sql, fingerprint: sql, calls, totalMs, rows: null, source: 0, line: null };
};

const page = template('select * from orders where tenant_id = $1 and id = $2', 60, 60);
const join = template(
  'select 1 from orders o join lines l on l.order_id = o.id where o.tenant_id = $1',
  10,
  20,
);
const report = template('select count(*) from orders', 5, 900);
const move = template('update users set region = $1 where tenant_id = $2 and id = $3', 5);
const country = template('select name from countries where code = $1', 20, 20);
const begin = template('begin', 1000, 1);

test('by hand: shares of calls, of reads and writes, and of time', () => {
  const { shares, boundByKey } = sharesBy('tenant', [page, join, report, move, country, begin]);
  expect(shares.bindShare).toStrictEqual({
    single: 0.65,
    multi: 0,
    scatter: 0.05,
    reference: 0.2,
    notRunnable: 0.1,
  });
  expect(boundByKey).toBeCloseTo(0.85);
  expect(shares.bindShareReads?.single).toBeCloseTo(60 / 95);
  expect(shares.bindShareWrites?.single).toBe(1);
  expect(shares.bindShareByTime?.scatter).toBe(0.9);
  expect(shares.ninetyPercentRule).toBe(false);
  expect(shares.keyUpdates).toBe(0);
  expect(shares.coLocatedJoins).toStrictEqual({ local: 0, joins: 0.1, share: 0 });
  expect(shares.frequent.map(({ sql, fate, reason }) => [sql, fate, reason?.code])).toStrictEqual([
    [page.sql, 'single', undefined],
    [country.sql, 'reference', undefined],
    [join.sql, 'notRunnable', 'statement-join-not-co-located'],
  ]);
});

test('a statement that changes the key is counted', () => {
  expect(sharesBy('region', [page, move]).shares.keyUpdates).toBeCloseTo(5 / 65);
});

test('one that saves the whole row may change nothing of it, and is told apart', () => {
  const whole = template(
    `update users set region = $1, country = $2, email = $3, joined_on = $4
     where tenant_id = $5 and id = $6`,
    35,
  );
  const { shares, writtenWithRow } = sharesBy('region', [page, move, whole]);
  expect(shares.keyUpdates).toBeCloseTo(0.05);
  expect(writtenWithRow).toBeCloseTo(0.35);
  expect(shares.bindShare?.notRunnable).toBeCloseTo(0.4);
});

test('exactly nine in ten are ninety percent', () => {
  const { ninetyPercentRule } = sharesBy('tenant', [
    { ...page, calls: 9 },
    { ...report, calls: 1 },
  ]).shares;
  expect(ninetyPercentRule).toBe(true);
});

test('without queries there are no shares', () => {
  const { shares, boundByKey } = sharesBy('tenant', [begin]);
  expect({ boundByKey, ...shares }).toMatchObject({
    boundByKey: null,
    bindShare: null,
    bindShareByTime: null,
    ninetyPercentRule: null,
    frequent: [],
    keyUpdates: null,
    coLocatedJoins: { local: 0, joins: 0, share: null },
  });
});

test('statements that use no known table are told apart', () => {
  const templates = [
    begin,
    template('select * from elsewhere', 3),
    template('select select', 2),
    template('copy orders from stdin', 4),
    template(Array.from({ length: 200 }, () => 'select id from orders').join(' union all '), 1),
  ];
  const { unseen, calls } = weighedStatements(templates, new TemplateAnalyst(shopTables, reader));
  expect(calls).toBe(0);
  expect(unseen).toMatchObject([
    { code: 'statements-not-parsed', numbers: { calls: 2, templates: 1 } },
    { code: 'statements-too-large', numbers: { calls: 1 } },
    { code: 'statements-of-unknown-tables', names: { tables: ['elsewhere'] } },
    { code: 'statements-of-other-kinds', names: { kinds: ['copy'] } },
    { code: 'statements-without-tables', severity: 'info', numbers: { calls: 1000 } },
  ]);
});
