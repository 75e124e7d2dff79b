import { readDocument } from '../../scenario/document.ts';
import { Problems } from '../../scenario/problem.ts';
import { readScriptOperations } from '../../scenario/tables/read-script-operations.ts';
import { scriptOperationInput } from '../../scenario/tables/script-input.ts';
import type { Operation } from '../../scenario/types.ts';
import { operationYaml } from './operation-yaml.ts';
import type { WritingTables } from './written-statement.ts';
import type { WrittenOperation } from './written-operation.ts';

/** The operation as the scenario's own reader makes it of the YAML, or what it says is wrong. */
export function readBack(
  written: WrittenOperation,
  { set, tree, reader }: WritingTables,
): Operation | { readonly problem: string } {
  const yaml = operationYaml(written);
  const { data } = readDocument(`operations:\n${yaml}\n`, 'operations');
  const { operations: [input] = [] } = data as { operations?: readonly unknown[] };
  const parsed = scriptOperationInput.safeParse(input);
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? '' };
  const problems = new Problems();
  // Of thousands of tables an operation names a few.
  const isNamed = ({ name }: { readonly name: string }): boolean => yaml.includes(name);
  const known = {
    tables: set.tables.filter(isNamed).map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name),
    })),
    views: set.views.filter(isNamed),
  };
  const [operation] = readScriptOperations([parsed.data], { tree, known, reader, problems });
  const [problem] = problems.all;
  return operation === undefined || problem !== undefined
    ? { problem: problem?.text ?? '' }
    : operation;
}
