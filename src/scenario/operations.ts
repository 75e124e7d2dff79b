import type { OperationInput } from './operation-input.ts';
import type { Path, Problems } from './problem.ts';
import { readStatement } from './statement.ts';
import type { Column, Operation, Statement } from './types.ts';

/** Operations whose form is right (undefined stands for one whose is not), in their order. */
export function readOperations(
  inputs: readonly (OperationInput | undefined)[],
  columns: readonly Column[],
  candidateKeys: readonly string[],
  problems: Problems,
): Operation[] {
  checkNames(inputs, problems);
  checkWeights(inputs, problems);
  return inputs.flatMap((input, index) => {
    if (!input) return [];
    const { name, kind, weight, transaction } = input;
    const statements = input.statements.flatMap((statement, at) => {
      const here: Path = ['operations', index, ...(transaction ? ['statements', at] : [])];
      const read = readStatement(statement, kind, columns, here, problems);
      if (read) checkInsert(read, candidateKeys, here, problems);
      return read ? [read] : [];
    });
    return [{ name, kind, weight, statements }];
  });
}

function checkNames(inputs: readonly (OperationInput | undefined)[], problems: Problems): void {
  const names = inputs.map((input) => input?.name);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === undefined || first === index) continue;
    problems.add(['operations', index, 'name'], `${name} is the name of operations[${first}] too`);
  }
}

function checkWeights(inputs: readonly (OperationInput | undefined)[], problems: Problems): void {
  if (inputs.length === 0 || inputs.some((input) => input === undefined || input.weight > 0))
    return;
  problems.add(['operations'], 'all weights are zero; one at least must be above');
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
