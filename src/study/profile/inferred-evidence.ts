import type { QueryEvidence, SchemaEvidence, Unseen } from '../../profile/evidence.ts';
import { inferredSchema, namedTables } from '../../profile/inferred-schema.ts';
import { renamedSql } from '../../profile/sql-names.ts';
import { ColumnObserver } from '../../sources/logs/observing/column-observer.ts';
import type { ReadLog, Reading } from './opened-evidence.ts';

/** Statements whose values are looked at; further ones would hardly show other types. */
const statementsMost = 300_000;

/**
 * What statements alone show of tables; null where they name none. Logs are read once more, for
 * the values of the columns that the first reading has found.
 */
export async function inferredFrom(
  queries: QueryEvidence,
  logs: readonly ReadLog[],
  { grammar, report, signal }: Reading,
): Promise<{ schema: SchemaEvidence; queries: QueryEvidence; unseen: Unseen[] } | null> {
  const named = namedTables(queries.templates, grammar);
  const columns = new ColumnObserver(named.seen, named.guesses, grammar);
  let statements = 0;
  for (const { source, database } of logs) {
    for await (const batch of source.records()) {
      signal.throwIfAborted();
      for (const record of batch) {
        if ((record.database ?? null) === database) columns.add(record);
      }
      statements += batch.length;
      report(`reading values of columns: ${statements} statements`, 0.3);
      if (statements >= statementsMost) break;
    }
  }
  const schema = inferredSchema(named, columns);
  if (schema.tables.length === 0) return null;
  const templates = queries.templates.map((template) => {
    const sql = renamedSql(template.sql, schema, grammar);
    return { ...template, sql, fingerprint: grammar.fingerprint(sql) ?? sql };
  });
  const numbers = {
    tables: schema.tables.length,
    columns: schema.tables.reduce((sum, table) => sum + table.columns.length, 0),
  };
  const unseen = [{ code: 'schema-inferred', names: {}, numbers }];
  return { schema, queries: { ...queries, templates }, unseen };
}
