import { expect, test } from 'vitest';
import type { Template } from '../../profile/evidence.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import { dumpedTemplates } from './dumped-templates.ts';

const grammar = await loadGrammar();

const row = (sql: string, calls: number, totalMs: number | null, line: number): Template => ({
  sql,
  fingerprint: sql,
  calls,
  totalMs,
  rows: calls,
  source: 1,
  line,
});

test('literals go, and what differs in nothing else is one template', () => {
  const { templates, unparsed } = dumpedTemplates(
    [
      row("select a from t where b = 'one'", 2, 5, 2),
      row("select a from t where b = 'another'", 3, 1, 3),
      row('select a from t where c = $1', 4, null, 4),
      row("selec 'secret'", 6, 1, 5),
    ],
    (sql) => sql,
    grammar,
  );
  const shown = templates.map(({ sql, calls, totalMs, line }) => [sql, calls, totalMs, line]);
  expect(shown).toEqual([
    ['select a from t where c = $1', 4, null, 4],
    ['select a from t where b = $1', 5, 6, 3],
  ]);
  expect(unparsed.map(({ line, count }) => [line, count])).toEqual([[5, 6]]);
  expect(JSON.stringify(unparsed)).not.toContain('secret');
});
