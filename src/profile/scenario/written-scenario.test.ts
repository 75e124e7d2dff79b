import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { Scenario } from '../../scenario/types.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { buildTenants } from '../../workload/tenants.ts';
import { buildTableRows } from '../../workload/tables/table-rows.ts';
import type { Evidence, SchemaEvidence } from '../evidence.ts';
import { musicSchema, rentalSchema } from './foreign-schemas-fixture.ts';
import { tradersSchema } from './traders-schema-fixture.ts';
import { evidenceOf } from './schema-fixture.ts';
import { writerVocabulary } from './writer-vocabulary.ts';
import { type ScenarioChoices, writtenScenario } from './written-scenario.ts';

const vocabulary = writerVocabulary(sqlReaderFixture);

function written(evidence: Evidence, key: string, more: Partial<ScenarioChoices> = {}) {
  const main = present(
    evidence.candidates.find((each) => each.key === key),
    `candidate ${key} of ${evidence.candidates.map((each) => each.key).join(', ')}`,
  );
  return writtenScenario(evidence, {
    name: 'mine',
    main,
    ordered: evidence.candidates.map((each) => each.key),
    scale: null,
    coverage: 0.95,
    reader: sqlReaderFixture,
    pseudonyms: { of: (value) => `word${value.length}` },
    about: { startedAt: '2026-11-30T08:00:00Z' },
    ...more,
  });
}

function rowsOf(scenario: Scenario): Record<string, number> {
  const tenants = buildTenants(scenario.tenants, scenario.seed, null);
  const set = present(scenario.tables, 'tables');
  const loaded = buildTableRows(set, tenants, scenario.seed);
  return Object.fromEntries(set.tables.map(({ name }, i) => [name, loaded[i]?.count ?? -1]));
}

const rowsIn = ({ tables }: SchemaEvidence): Record<string, number> =>
  Object.fromEntries(tables.map(({ name, rows }) => [name, rows.count]));

describe.each([
  ['music', musicSchema, 'customer_id'],
  ['rental', rentalSchema, 'customer_id'],
  ['traders', tradersSchema, 'customer_id'],
])('a schema of others: %s', (_, schema, key) => {
  const found = written(evidenceOf(schema), key);
  const scenario = parseScenario(found.text, 'mine.yaml', vocabulary);

  test('is read without a problem, with as many rows in each table', () => {
    expect(rowsOf(scenario)).toEqual(rowsIn(schema));
  });

  test('hangs what has a way to the tenants below them', () => {
    const per = Object.fromEntries(
      (scenario.tables?.tables ?? []).map((each) => [each.name, each.per]),
    );
    expect(per).toMatchSnapshot();
  });

  test('says what it has not', () => {
    expect(found.notes.map(({ code, names }) => [code, names])).toMatchSnapshot();
  });
});
