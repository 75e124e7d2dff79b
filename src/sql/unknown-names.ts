import type { KnownNames, SqlProblem } from '../scenario/vocabulary.ts';
import { analyse } from './analysis.ts';
import { catalogOfNames } from './catalog.ts';
import type { ReadStatement, StatementReader } from './sql-reader.ts';

/** Tables and columns in a statement that the scenario does not have. */
export function unknownNames(
  statement: ReadStatement,
  names: KnownNames,
  reader: StatementReader,
): readonly SqlProblem[] {
  return analyse(statement, catalogOfNames(names, reader), () => undefined).unknown;
}
