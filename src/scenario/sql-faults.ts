import type { OperationInput } from './operation-input.ts';
import type { Path, Problems } from './problem.ts';
import { scanSql, writtenAt } from './sql-scan.ts';
import type { Schema } from './types.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';

type SqlFaultOf = NonNullable<ScenarioVocabulary['sqlFault']>;

/** Of operations, where names stand for parameters; undefined stands for one that is not sound. */
export function checkOperationSql(
  operations: readonly (OperationInput | undefined)[],
  faultOf: SqlFaultOf,
  problems: Problems,
): void {
  for (const [index, operation] of operations.entries()) {
    for (const [at, { sql }] of (operation?.statements ?? []).entries()) {
      const statements = operation?.transaction === true ? ['statements', at] : [];
      const path: Path = ['operations', index, ...statements, 'sql'];
      checkStatement(sql, operation?.name ?? '', path, faultOf, problems);
    }
  }
}

function checkStatement(
  sql: string,
  operation: string,
  path: Path,
  faultOf: SqlFaultOf,
  problems: Problems,
): void {
  const scan = scanSql(sql);
  const { text, names, faults } = scan;
  // Reported already, in words that say more of named parameters.
  if (faults.length > 0) return;
  const fault = faultOf(text);
  if (fault === undefined) return;
  const message = fault.message.replaceAll(
    /"\$(\d+)"/g,
    (number: string, digits: string) => `":${names[Number(digits) - 1] ?? number}"`,
  );
  problems.add(
    path,
    `the SQL of operation ${operation} is wrong: ${message}`,
    writtenAt(scan, fault.at),
  );
}

/** Of the statements that make the table, which stand as they are. */
export function checkTableSql(
  { ddl, indexes }: Pick<Schema, 'ddl' | 'indexes'>,
  faultOf: SqlFaultOf,
  problems: Problems,
): void {
  for (const [list, statements] of Object.entries({ ddl, indexes })) {
    for (const [index, sql] of statements.entries()) {
      const fault = faultOf(sql);
      if (fault === undefined) continue;
      problems.add(['schema', list, index], `the SQL is wrong: ${fault.message}`, fault.at);
    }
  }
}
