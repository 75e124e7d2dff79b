import type { Node } from 'libpg-query';
import type { Grammar } from '../sql/grammar.ts';
import { nodeOf } from '../sql/tree.ts';
import { unitsOfBytes } from '../sql/utf8-places.ts';
import { editedSql } from './sql-edits.ts';

/**
 * The statement with parameters in place of its literals, by the next numbers in order of their
 * places, as pg_stat_statements has it: columns that are named by their place (`order by 1`) stay,
 * and so do lengths of types. For texts that Postgres keeps as they were sent, such as those of
 * cursors.
 */
export function numberedLiterals(sql: string, grammar: Grammar): string {
  const parsed = grammar.parse(sql);
  if ('fault' in parsed) return sql;
  const toUnits = unitsOfBytes(sql);
  const starts = new Set(literalPlaces(parsed.tree.stmts ?? []).map((each) => toUnits(each)));
  const { tokens } = grammar.tokens(sql);
  const own = tokens.flatMap(({ kind, text }) =>
    kind === 'parameter' ? Number(text.slice(1)) : [],
  );
  const first = 1 + own.reduce((most, each) => Math.max(most, each), 0);
  const literals = tokens.filter(({ start }) => starts.has(start));
  return editedSql(
    sql,
    literals.map(({ start, end }, index) => ({ start, end, text: `$${first + index}` })),
  );
}

/** The same, without asking the grammar where there are none. */
export const withoutLiterals = (sql: string, grammar: Grammar): string =>
  /'|\$\w*\$|(?<![$\w])\d/.test(sql) ? numberedLiterals(sql, grammar) : sql;

/** Whether a text of the user's own may stand in it. */
export function hasTextLiteral(sql: string, grammar: Grammar): boolean {
  return grammar.tokens(sql).tokens.some(({ text }) => /^(?:[ebxn]|u&)?'|^\$\w*\$/i.test(text));
}

/** In bytes. */
function literalPlaces(statement: unknown): number[] {
  const found: number[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null || key === 'typmods') return;
    const literal = nodeOf(value as Node, 'A_Const');
    if (literal !== undefined) {
      if (literal.isnull !== true && literal.boolval === undefined) {
        found.push(literal.location ?? 0);
      }
      return;
    }
    // By its place: the first column, and so on.
    const sorted = nodeOf(value as Node, 'SortBy')?.node;
    if (nodeOf(sorted, 'A_Const') !== undefined) return;
    for (const [name, below] of Object.entries(value)) {
      const isGroup = name === 'groupClause' && Array.isArray(below);
      const parts = isGroup ? below.filter((each) => !('A_Const' in (each as object))) : below;
      visit(parts, name);
    }
  };
  visit(statement, '');
  return found;
}
