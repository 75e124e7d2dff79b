import type { OperationInput, StatementInput } from './operation-input.ts';
import type { Path, Problems } from './problem.ts';
import { readStatement } from './statement.ts';
import type { Expectation, Operation, Schema, Statement } from './types.ts';
import type { SqlReader } from './vocabulary.ts';

/** Operations whose form is right (undefined stands for one whose is not), in their order. */
export function readOperations(
  inputs: readonly (OperationInput | undefined)[],
  { table, columns }: Pick<Schema, 'table' | 'columns'>,
  candidateKeys: readonly string[],
  reader: SqlReader,
  problems: Problems,
): Operation[] {
  const names = columns.map((column) => column.name);
  checkNames(inputs, problems);
  checkWeights(inputs, problems);
  return inputs.flatMap((input, index) => {
    if (!input) return [];
    const { name, kind, weight, transaction, expect } = input;
    const rollsBack = transaction && endsWithRollback(input.statements, reader);
    const own = rollsBack ? input.statements.slice(0, -1) : input.statements;
    const statements = own.flatMap((statement, at) => {
      const here: Path = ['operations', index, ...(transaction ? ['statements', at] : [])];
      const sql = reader.read(statement.sql);
      if (sql.verb === 'rollback') {
        problems.add([...here, 'sql'], 'ROLLBACK may stand only at the end of several statements');
      }
      const fixed = reader.fixedColumns(sql, { name: table, columns: names });
      const read = readStatement(statement, sql, fixed, kind, columns, here, problems);
      if (read) checkInsert(read, candidateKeys, here, problems);
      return read ? [read] : [];
    });
    return [
      {
        name,
        kind,
        weight,
        statements,
        ...(rollsBack && { rollsBack }),
        ...(expect && { expect: expectation(expect) }),
      },
    ];
  });
}

/** It goes where the statements before it went, so it is no statement with a way of its own. */
function endsWithRollback(statements: readonly StatementInput[], reader: SqlReader): boolean {
  const last = statements.at(-1);
  return statements.length > 1 && last !== undefined && reader.read(last.sql).verb === 'rollback';
}

export const expectation = (words: readonly string[]): Expectation => ({
  errors: [...new Set(words.filter((word) => word !== 'empty'))],
  empty: words.includes('empty'),
});

export function checkNames(
  inputs: readonly ({ readonly name: string } | undefined)[],
  problems: Problems,
): void {
  const names = inputs.map((input) => input?.name);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === undefined || first === index) continue;
    problems.add(['operations', index, 'name'], `${name} is also the name of operations[${first}]`);
  }
}

export function checkWeights(
  inputs: readonly ({ readonly weight: number } | undefined)[],
  problems: Problems,
): void {
  if (inputs.length === 0 || inputs.some((input) => input === undefined || input.weight > 0))
    return;
  problems.add(['operations'], 'all weights are zero; at least one must be above zero');
}

/** A new row whose shard key is not known has no shard to go to. */
function checkInsert(
  statement: Statement,
  candidateKeys: readonly string[],
  path: Path,
  problems: Problems,
): void {
  if (!statement.insert) return;
  const bound = new Set(
    statement.binds.filter((bind) => bind.by === 'value').map((bind) => bind.column),
  );
  const missing = candidateKeys.filter((key) => !bound.has(key));
  if (missing.length === 0) return;
  problems.add(
    [...path, 'binds'],
    `an INSERT must bind every shard key of the strategies (${candidateKeys.join(', ')}); ` +
      `missing: ${missing.join(', ')}`,
  );
}
