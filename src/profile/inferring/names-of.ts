import type { Grammar } from '../../sql/grammar.ts';
import { noScope } from './name-scope.ts';
import { NameWalk } from './name-walk.ts';
import type { StatementNames } from './statement-names.ts';

/** null: the grammar does not take it, or it is nested too deeply. */
export function namesOf(sql: string, grammar: Grammar): StatementNames | null {
  const parsed = grammar.parse(sql);
  if ('fault' in parsed) return null;
  const walk = new NameWalk();
  try {
    walk.visit(parsed.tree.stmts ?? [], noScope);
  } catch (error) {
    // Expressions of thousands of levels: the stack ends before they do.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return walk.names;
}
