import type { Grammar } from '../sql/grammar.ts';
import type { SchemaEvidence } from './evidence.ts';
import { RelationItems } from './renaming/relation-items.ts';
import { RenamingWalk } from './renaming/renaming-walk.ts';
import { StoredNames } from './renaming/stored-names.ts';
import { WrittenNames } from './renaming/written-names.ts';

/**
 * A statement of the database in the names of the scenario: tables without their schema, columns as
 * each table's evidence calls them, casts to enums and domains as casts to what these are made of.
 * Names that the statement gives itself stay, and so does SQL that the grammar refuses.
 */
export function renamedSql(sql: string, schema: SchemaEvidence, grammar: Grammar): string {
  const parsed = grammar.parse(sql);
  if ('fault' in parsed) return sql;
  const written = new WrittenNames(sql, grammar);
  const relations = new RelationItems(namesOf(schema), grammar);
  const walk = new RenamingWalk(written, relations);
  try {
    walk.visit(parsed.tree.stmts ?? [], { items: [], outer: null, queries: new Map() });
  } catch (error) {
    // Expressions of thousands of levels: the stack ends before they do.
    if (error instanceof RangeError) return sql;
    throw error;
  }
  return written.edited();
}

const known = new WeakMap<SchemaEvidence, StoredNames>();

/** Of a schema of thousands of tables they are gathered once for all statements. */
function namesOf(schema: SchemaEvidence): StoredNames {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const names = new StoredNames(schema);
  known.set(schema, names);
  return names;
}
