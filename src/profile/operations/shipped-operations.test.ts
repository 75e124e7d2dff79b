import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Operation } from '../../scenario/types.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { queryEvidenceOf, shippedTables } from '../shipped-evidence-fixture.ts';
import { layoutsByKey, placingsOf, templateFates } from './statement-fates.ts';
import { readBack } from './written-check.ts';
import { writtenOperations } from './written-operations.ts';
import { WritingTables } from './written-statement.ts';

const names = ['shop', 'tpcc', 'social', 'smallbank', 'tatp'] as const;

describe.each(names)('templates of %s', (name) => {
  const scenario = shippedTables(name);
  const set = present(scenario.tables, 'tables');
  const tables = new WritingTables(set, reader);
  const { templates, ...rest } = queryEvidenceOf(scenario);
  // By itself each, so that it is known which operation is of which template.
  const written = templates.map((template) => ({
    sql: template.sql,
    ...writtenOperations({ ...rest, templates: [template] }, set, reader, { coverage: 1 }),
  }));

  test('are all written', () => {
    expect(written.flatMap(({ leftOut }) => [...leftOut.values()])).toStrictEqual([]);
    expect(written.map(({ coveredShare }) => coveredShare)).toStrictEqual(templates.map(() => 1));
  });

  const read = written.flatMap(({ operations }) =>
    // A way round is of other statements than the template.
    operations.map((each) => readBack({ ...each, instead: [] }, tables)),
  );

  test('are what the scenario’s own reader takes', () => {
    expect(read.filter((each) => 'problem' in each)).toStrictEqual([]);
  });

  test('go where the template goes by each key', () => {
    const layouts = layoutsByKey(read as Operation[], tables);
    const placings = placingsOf(layouts, tables);
    const fates = written.map(({ sql }, index) => ({
      sql,
      fates: layouts.map(({ operations }) => operations[index]?.fate),
    }));
    expect(fates).toStrictEqual(
      templates.map(({ sql }) => ({ sql, fates: templateFates(sql, placings, tables) })),
    );
  });

  test('go where the operations that they come from go', () => {
    const layouts = layoutsByKey([...scenario.operations, ...(read as Operation[])], tables);
    const differing = scenario.operations.flatMap(({ name: operation, script }, place) =>
      (script?.statements ?? []).flatMap(({ text, parameters }, at) => {
        // What an answer says is not known before, and a template does not tell that it is one.
        if (parameters.some(({ kind }) => kind === 'answer')) return [];
        // A way to move rows by several statements, of which each by itself is something else.
        if (operation === 'move_user') return [];
        const index = templates.findIndex(({ sql }) => sql === text);
        return layouts.flatMap(({ key, operations }) => {
          const original = operations[place];
          const own = original?.statements[at]?.fate;
          const other = operations[scenario.operations.length + index]?.fate;
          // Else its way round runs, which is of other statements.
          const isSame = own === other || original?.runs === 'instead';
          return isSame ? [] : [{ text, key, own, other }];
        });
      }),
    );
    expect(differing).toStrictEqual([]);
  });
});
