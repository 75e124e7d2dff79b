import type pg from 'pg';
import type { BuildStatement } from './table-ddl.ts';
import { buildError } from './table-errors.ts';

/**
 * Builds tables, keys and views in order.
 * @throws {UserError} naming the table and the constraint
 */
export async function runStatements(
  client: pg.ClientBase,
  statements: readonly BuildStatement[],
): Promise<void> {
  for (const statement of statements) {
    try {
      await client.query(statement.sql);
    } catch (cause) {
      throw buildError(statement, cause);
    }
  }
}
