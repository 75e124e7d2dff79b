import type { OperationInput } from './operation-input.ts';
import type { Path, Problems } from './problem.ts';
import type { Schema } from './types.ts';
import type { SqlReader } from './vocabulary.ts';

/** Of operations, where names stand for parameters; undefined stands for one that is not sound. */
export function checkOperationSql(
  operations: readonly (OperationInput | undefined)[],
  reader: SqlReader,
  problems: Problems,
): void {
  for (const [index, operation] of operations.entries()) {
    for (const [at, { sql }] of (operation?.statements ?? []).entries()) {
      const statements = operation?.transaction === true ? ['statements', at] : [];
      const path: Path = ['operations', index, ...statements, 'sql'];
      checkStatement(sql, operation?.name ?? '', path, reader, problems);
    }
  }
}

function checkStatement(
  sql: string,
  operation: string,
  path: Path,
  reader: SqlReader,
  problems: Problems,
): void {
  const { fault } = reader.read(sql);
  if (fault === undefined) return;
  const { message, at } = fault;
  problems.add(path, `the SQL of operation ${operation} is wrong: ${message}`, at);
}

/** Of the statements that make the table, which stand as they are. */
export function checkTableSql(
  { ddl, indexes }: Pick<Schema, 'ddl' | 'indexes'>,
  reader: SqlReader,
  problems: Problems,
): void {
  for (const [list, statements] of Object.entries({ ddl, indexes })) {
    for (const [index, sql] of statements.entries()) {
      const fault = reader.faultOf(sql);
      if (fault === undefined) continue;
      problems.add(['schema', list, index], `the SQL is wrong: ${fault.message}`, fault.at);
    }
  }
}
