import { expect, test } from 'vitest';
import type { Table, TableSet } from '../scenario/table-types.ts';
import type { Operation } from '../scenario/types.ts';
import { corpus } from './corpus-fixture.ts';
import { corpusChoices, corpusScript, corpusTables } from './corpus-schema-fixture.ts';
import { layoutsOf } from './layouts.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

const [first] = corpusTables.tables;
const more = Array.from({ length: 200 }, (_, at) => ({ ...first, name: `more_${at}` }) as Table);
const set: TableSet = { ...corpusTables, tables: [...corpusTables.tables, ...more] };
const operations = corpus.map(({ sql }, at): Operation => {
  const name = `operation_${at}`;
  return { name, kind: 'write', weight: 1, statements: [], script: corpusScript(sql) };
});

/** It takes 0.4 s: what goes up with the square of the tables or statements shows. */
const cpuSecondsMax = 5;

test('two hundred tables and more than a hundred statements are laid out in seconds', () => {
  const before = process.cpuUsage();
  const layouts = layoutsOf({
    set,
    operations,
    strategies: ['tenant', 'id', 'user_id'].map((key) => ({ key, tables: corpusChoices })),
    tenants: 100,
    reader,
  });
  expect([...layouts.keys()]).toStrictEqual(['single', 'tenant', 'id', 'user_id']);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(cpuSecondsMax);
});
