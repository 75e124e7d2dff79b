import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { Operation } from '../../scenario/types.ts';
import { vocabularyFixture } from '../../scenario/vocabulary-fixture.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import type { Template } from '../evidence.ts';
import { ormScenario, ormStatements } from './orm-fixture.ts';
import { layoutsByKey, placingsOf, templateFates } from './statement-fates.ts';
import { readBack } from './written-check.ts';
import { writtenOperations } from './written-operations.ts';
import { WritingTables } from './written-statement.ts';

const { tables: found } = parseScenario(ormScenario, 'helpdesk.yaml', vocabularyFixture);
const set = present(found, 'tables');
const tables = new WritingTables(set, reader);

const templateOf = (sql: string): Template => ({
  sql,
  fingerprint: '',
  calls: 10,
  totalMs: null,
  rows: null,
  source: 0,
  line: null,
});

const written = (sql: string) =>
  writtenOperations(
    { templates: [templateOf(sql)], seconds: null, transactions: [], perSecond: [] },
    set,
    reader,
    { coverage: 1 },
  );

/** Rows of one INSERT go one by one, and keys that the database gives are given. */
const otherwise = /\), \(|VALUES \(DEFAULT|INSERT INTO (comments|jobs)/;

describe.each(Object.entries(ormStatements))('as %s writes', (_, statements) => {
  test.each(statements)('%s', (sql) => {
    const { operations, leftOut } = written(sql);
    expect([...leftOut.values()]).toStrictEqual([]);
    const [operation] = operations.map((each) => readBack(each, tables));
    expect(operation).toHaveProperty('script');
    if (otherwise.test(sql)) return;
    const layouts = layoutsByKey([operation as Operation], tables);
    const fates = layouts.map(({ operations: [own] }) => own?.fate);
    expect(fates).toStrictEqual(templateFates(sql, placingsOf(layouts, tables), tables));
  });
});
