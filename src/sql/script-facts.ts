import type { Script, ScriptStatement, TableSet } from '../scenario/table-types.ts';
import { type Analysis, analyse } from './analysis.ts';
import { answerFrom } from './answers.ts';
import type { WriteBlock } from './blocks.ts';
import type { Catalog } from './catalog.ts';
import type { ParameterFacts } from './key-sets.ts';
import { type AnswerOf, parameterFacts } from './parameter-facts.ts';
import { RowIdentities } from './row-identities.ts';
import type { StatementReader } from './sql-reader.ts';

/** What is known of the statements of an operation, wherever tables lie. */
export interface ScriptFacts {
  readonly script: Script;
  readonly statements: readonly StatementFacts[];
}

export interface StatementFacts {
  readonly statement: ScriptStatement;
  readonly analysis: Analysis;
  readonly parameters: readonly ParameterFacts[];
}

/** @param updated columns that some operation changes, as `table.column`: no draw knows them */
export function scriptFacts(
  script: Script,
  set: TableSet,
  catalog: Catalog,
  reader: StatementReader,
  updated: ReadonlySet<string>,
): ScriptFacts {
  const statements: StatementFacts[] = [];
  const rows = new RowIdentities(script.draws, set.tables);
  const answerOf: AnswerOf = (index, column) => {
    const facts = statements[index];
    return facts === undefined ? null : answerFrom(facts, column, script, set, updated);
  };
  for (const statement of script.statements) {
    const parameters = parameterFacts(statement, script, set, rows, answerOf);
    const read = reader.read(statement.sql);
    const analysis = analyse(read, catalog, (number) => parameters[number - 1]?.family);
    statements.push({ statement, analysis, parameters });
  }
  return { script, statements };
}

/** Columns that statements set, as `table.column`. */
export function updatedColumns({ statements }: ScriptFacts): string[] {
  return statements.flatMap((statement) =>
    writesOf(statement).flatMap(({ table, sets }) =>
      sets.map(({ column }) => `${table}.${column}`),
    ),
  );
}

/** Tables whose rows a statement makes, changes or deletes. */
export function writtenTables({ statements }: ScriptFacts): string[] {
  return statements.flatMap((statement) => writesOf(statement).flatMap(({ table }) => table ?? []));
}

/** What a statement writes, itself and in its CTEs. */
export function writesOf({ analysis: { block, writes } }: StatementFacts): WriteBlock[] {
  return [block, ...writes].filter((each) => each?.kind === 'write');
}
