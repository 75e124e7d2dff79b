import type { KnownNames, SqlProblem } from '../scenario/vocabulary.ts';
import { unknownIn } from './analysis.ts';
import { type Catalog, catalogOfNames } from './catalog.ts';
import type { ReadStatement, StatementReader } from './sql-reader.ts';

/** A scenario's names are the same object for all of its statements. */
const catalogs = new WeakMap<KnownNames, Catalog>();

/** Tables and columns in a statement that the scenario does not have. */
export function unknownNames(
  statement: ReadStatement,
  names: KnownNames,
  reader: StatementReader,
): readonly SqlProblem[] {
  const catalog = catalogs.get(names) ?? catalogOfNames(names, reader);
  catalogs.set(names, catalog);
  return unknownIn(statement, catalog);
}
