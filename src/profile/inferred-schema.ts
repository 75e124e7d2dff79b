import type { ColumnEvidence, SchemaEvidence, Template } from './evidence.ts';
import { guessedKeys, type GuessedKey } from './inferring/guessed-keys.ts';
import { PointingValues } from './inferring/pointing-values.ts';
import { InferredTypes } from './inferring/inferred-types.ts';
import { namesOf } from './inferring/names-of.ts';
import { columnKey, SeenNames } from './inferring/seen-names.ts';
import type { SeenTuples, SeenValues } from './inferring/seen-values.ts';
import type { StatementNames } from './inferring/statement-names.ts';
import { ScenarioNames } from './scenario-names.ts';
import type { Grammar } from '../sql/grammar.ts';

/** What statements name, where no source has a schema. */
export interface NamedTables {
  readonly seen: SeenNames;
  readonly statements: readonly { readonly names: StatementNames; readonly calls: number }[];
  readonly guesses: ReadonlyMap<string, readonly GuessedKey[]>;
}

/** What a second look at the statements has shown of values; empty: there are none to be seen. */
export interface SeenOfColumns {
  /** By `columnKey`. */
  readonly values: ReadonlyMap<string, SeenValues>;
  readonly tuples: ReadonlyMap<GuessedKey, SeenTuples>;
}

/** @param templates in names of the database */
export function namedTables(templates: readonly Template[], grammar: Grammar): NamedTables {
  const seen = new SeenNames();
  const statements = templates.flatMap(({ sql, calls }) => {
    const names = namesOf(sql, grammar);
    return names === null ? [] : { names, calls };
  });
  for (const { names } of statements) seen.add(names);
  seen.settle();
  return { seen, statements, guesses: guessedKeys(statements) };
}

/**
 * Tables as statements use them: their names and columns are certain, types are those of the values
 * and casts that were seen, primary keys are guesses, and so many rows as there were different
 * values there must be at least. How many there are, nobody has told: `rows` has no basis.
 */
export function inferredSchema(
  { seen, statements, guesses }: NamedTables,
  { values, tuples }: SeenOfColumns,
): SchemaEvidence {
  const names = new ScenarioNames();
  const types = new InferredTypes(seen, statements, values);
  const inserted = insertedColumns(statements);
  const pointing = new PointingValues(seen, statements, values);
  const tables = [...seen.all()]
    .filter(({ columns }) => columns.length > 0)
    .map(({ key, stored, columns }) => {
      const own = new ScenarioNames();
      const all = (guesses.get(key) ?? []).filter(
        (each) => each.isCertain || tuples.get(each)?.isRepeated !== true,
      );
      const [guess] = all;
      const made = inserted.get(key);
      const evidence = columns.map((column) =>
        columnOf(own.add(column), column, types.of(key, column), {
          isKey: guess?.columns.includes(column) === true,
          isMade: made !== undefined && !made.has(column),
        }),
      );
      const nameOf = new Map(evidence.map(({ name, stored: of }) => [of, name]));
      const named = (of: readonly string[]) => of.map((each) => nameOf.get(each) ?? each);
      const distinct = columns.map((each) => values.get(columnKey(key, each))?.distinct ?? 0);
      const rows = guess === undefined ? 0 : (tuples.get(guess)?.distinct ?? 0);
      const pointed = guess?.columns.length === 1 ? pointing.of(key, guess.columns[0] ?? '') : 0;
      return {
        name: names.add(stored.name, stored.schema),
        stored,
        kind: 'table' as const,
        columns: evidence,
        primary: guess === undefined ? [] : named(guess.columns),
        unique: all
          .filter((each) => each.isCertain && each !== guess)
          .map(({ columns: of }) => named(of)),
        rows: { count: rowsLeast(Math.max(rows, pointed, ...distinct)), basis: 'none' } as const,
      };
    });
  return { tables: tables.map((table) => Object.assign(table, nothingElse)), views: [] };
}

const nothingElse = {
  exclusions: [],
  foreign: [],
  checks: [],
  indexes: [],
  bytes: { heap: 0, indexes: 0, toast: 0 },
  partitions: null,
  inherits: [],
  activity: null,
  readable: false,
};

/** Of a table of which no value was seen. */
const assumedRows = 100;
const rowsLeast = (seen: number): number => (seen > 0 ? seen : assumedRows);

/** Columns that INSERTs fill, by table. */
function insertedColumns(statements: NamedTables['statements']): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { names } of statements) {
    for (const { table, columns } of names.inserts) {
      found.set(table, new Set([...(found.get(table) ?? []), ...columns]));
    }
  }
  return found;
}

function columnOf(
  name: string,
  stored: string,
  { type, hasNulls }: { readonly type: string; readonly hasNulls: boolean },
  { isKey, isMade }: { readonly isKey: boolean; readonly isMade: boolean },
): ColumnEvidence {
  // Rows come without it, so that the database itself has made it.
  const isNumbered = isKey && isMade && type === 'bigint';
  return {
    name,
    stored,
    type,
    typeKind: type.endsWith('[]') ? 'array' : 'base',
    base: type.replace(/\[\]$/, ''),
    enumLabels: [],
    notNull: isKey && !hasNulls,
    default: isKey && isMade && type === 'uuid' ? 'gen_random_uuid()' : null,
    generated: null,
    identity: isNumbered ? 'by default' : null,
    stats: null,
    readable: false,
  };
}
