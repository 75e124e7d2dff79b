import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundStatements } from '../../sources/logs/sql-files/found-statements.ts';
import { judgedIn, tablesOf } from './query-tables-fixture.ts';

const folder = join(import.meta.dirname, 'tracker');
const known = await tablesOf(join(folder, 'tracker.yaml'), 'account');
const { statements } = foundStatements(readFileSync(join(folder, 'statements.sql'), 'utf8'));

test('there are many, of every outcome', () => {
  const outcomes = Map.groupBy(statements, ({ comments }) => comments.at(-1)?.text ?? '');
  expect(statements.length).toBeGreaterThan(240);
  expect([...outcomes.keys()].toSorted()).toEqual([
    '-- cross-shard',
    '-- key-update',
    '-- not-runnable',
    '-- ok',
    '-- scatter',
  ]);
});

test.each(statements)('line $line: $sql', ({ sql, comments }) => {
  const { offence, unknownColumns } = judgedIn(sql, known);
  expect(`-- ${offence ?? 'ok'}`).toBe(comments.at(-1)?.text);
  expect(unknownColumns).toEqual([]);
});
