import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { NamedKey, TableSet } from '../table-types.ts';
import type { Operation } from '../types.ts';
import type { SqlReader } from '../vocabulary.ts';
import type { ScriptOperationInput, SqlInput } from './script-input.ts';
import { keyColumnsOf } from './table-keys.ts';

/** A list of `binds`, and the statements of its operation that it is about. */
interface WrittenBinds {
  readonly binds: readonly string[];
  readonly path: Path;
  readonly statements: readonly number[];
}

/** What operations say that they bind, where the SQL does not. */
export function checkBinds(
  inputs: readonly ScriptOperationInput[],
  operations: readonly Operation[],
  set: TableSet,
  reader: SqlReader,
  problems: Problems,
): void {
  for (const [index, input] of inputs.entries()) {
    const operation = operations[index];
    if (operation === undefined) continue;
    for (const { binds, path, statements } of writtenBinds(input, ['operations', index])) {
      for (const [at, bind] of binds.entries()) {
        const key = keyOf(bind, set);
        const bound = key && reader.boundStatements(set, operation, key);
        const fault =
          bound === undefined
            ? unknownBind(bind, set)
            : statements.some((each) => bound[each] !== false)
              ? undefined
              : `the SQL does not bind ${bind}; allowed: what it compares with one value or a list`;
        if (fault !== undefined) problems.add([...path, at], fault);
      }
    }
  }
}

function writtenBinds(input: ScriptOperationInput, path: Path): readonly WrittenBinds[] {
  const found: WrittenBinds[] = [];
  let next = 0;
  const add = (statement: SqlInput, at: Path): void => {
    const { binds } = statement;
    if (binds !== undefined) found.push({ binds, path: [...at, 'binds'], statements: [next] });
    next += 1;
  };
  for (const [index, step] of input.statements.entries()) {
    const at = input.isList ? [...path, 'statements', index] : path;
    if (step.kind === 'sql') add(step, at);
    else for (const [i, each] of step.statements.entries()) add(each, [...at, 'statements', i]);
  }
  if (input.binds !== undefined) {
    const statements = Array.from({ length: next }, (_, index) => index);
    found.push({ binds: input.binds, path: [...path, 'binds'], statements });
  }
  return found;
}

/** A key of the scenario, or a column of one table as if it were one. */
function keyOf(bind: string, set: TableSet): NamedKey | undefined {
  const [table = '', column] = bind.split('.');
  if (column === undefined) {
    const columns = keyColumnsOf(set, bind);
    return columns.length === 0 ? undefined : { name: bind, columns };
  }
  const known = set.tables.find(({ name }) => name === table)?.columns;
  if (known?.some(({ name }) => name === column) !== true) return undefined;
  return { name: bind, columns: [{ table, columns: [column] }] };
}

function unknownBind(bind: string, { tables, keys }: TableSet): string {
  const columns = tables.flatMap((table) =>
    table.columns.map(({ name }) => `${table.name}.${name}`),
  );
  const allowed = [...keys.map(({ name }) => name), ...columns];
  return mismatchAmong(bind, allowed, suggest(bind, allowed));
}
