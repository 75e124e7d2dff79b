import { guessedKeys, type GuessedKey } from '../../../profile/inferring/guessed-keys.ts';
import { namesOf } from '../../../profile/inferring/names-of.ts';
import { SeenNames } from '../../../profile/inferring/seen-names.ts';
import { SeenTuples, SeenValues } from '../../../profile/inferring/seen-values.ts';
import type { StatementNames } from '../../../profile/inferring/statement-names.ts';
import { arrayElements } from '../../../profile/observing/array-text.ts';
import { listedParameters } from '../../../profile/observing/listed-parameters.ts';
import {
  type Shape,
  type ShapeStatement,
  StatementShapes,
} from '../../../profile/observing/statement-shapes.ts';
import type { Grammar } from '../../../sql/grammar.ts';
import type { LogRecord } from '../log-record.ts';

interface Own {
  readonly values: readonly { readonly seen: SeenValues; readonly numbers: readonly number[] }[];
  readonly tuples: readonly {
    readonly seen: SeenTuples;
    readonly columns: readonly (readonly number[])[];
    readonly isInserted: boolean;
  }[];
  /** Parameters that are arrays. */
  readonly arrays: ReadonlySet<number>;
}

/** Looks at the values that a log has of columns, of which nothing but the names is known. */
export class ColumnObserver {
  readonly #shapes: StatementShapes<Own>;
  readonly #grammar: Grammar;
  readonly #names: SeenNames;
  readonly #guesses: ReturnType<typeof guessedKeys>;
  readonly values = new Map<string, SeenValues>();
  readonly tuples = new Map<GuessedKey, SeenTuples>();

  constructor(names: SeenNames, guesses: ReturnType<typeof guessedKeys>, grammar: Grammar) {
    this.#names = names;
    this.#guesses = guesses;
    this.#grammar = grammar;
    this.#shapes = new StatementShapes<Own>({
      grammar,
      lists: false,
      own: (statement) => this.#own(statement),
    });
  }

  add({ sql, parameters }: LogRecord): void {
    const shape = this.#shapes.of(sql);
    for (const { statement, own } of shape?.statements ?? []) {
      const valuesOf = (numbers: readonly number[]): readonly (string | null)[] =>
        numbers.flatMap((number) => this.#valuesOf(statement, own, number, parameters));
      for (const { seen, numbers } of own.values) {
        for (const value of valuesOf(numbers)) seen.add(value);
      }
      for (const { seen, columns, isInserted } of own.tuples) {
        for (const tuple of rowsOf(columns.map(valuesOf))) seen.add(tuple, isInserted);
      }
    }
  }

  #valuesOf(
    statement: ShapeStatement,
    { arrays }: Own,
    number: number,
    parameters: LogRecord['parameters'],
  ): readonly (string | null)[] {
    const values = this.#shapes.values(statement, number, parameters);
    if (!arrays.has(number)) return values;
    return values.flatMap((each) => (each === null ? [] : arrayElements(each)));
  }

  #own(statement: Shape<Own>['statements'][number]['statement']): Own {
    const nothing = { values: [], tuples: [], arrays: new Set<number>() };
    if (statement.kind !== 'template') return nothing;
    const { sql, lists, arrays } = listedParameters(statement.sql);
    const names = namesOf(sql, this.#grammar);
    if (names === null) return nothing;
    const numbersOf = (parameter: number) => lists.get(parameter) ?? [parameter];
    const values = names.values.flatMap(({ of, parameter }) => {
      const key = this.#names.columnKey(of);
      return key === undefined ? [] : { seen: this.#seen(key), numbers: numbersOf(parameter) };
    });
    const tuples = [...this.#inserted(names), ...this.#found(names)].map(
      ({ seen, columns, isInserted }) => ({ seen, isInserted, columns: columns.map(numbersOf) }),
    );
    return { values, tuples, arrays };
  }

  #seen(key: string): SeenValues {
    const seen = this.values.get(key) ?? new SeenValues();
    this.values.set(key, seen);
    return seen;
  }

  *#inserted({ inserts }: StatementNames) {
    for (const { table, columns, parameters } of inserts) {
      for (const guess of this.#guesses.get(table) ?? []) {
        const own = guess.columns.map((each) => parameters[columns.indexOf(each)] ?? null);
        if (own.every((each) => each !== null)) {
          yield { seen: this.#tuple(guess), columns: own, isInserted: true };
        }
      }
    }
  }

  *#found({ points, values }: StatementNames) {
    for (const { table } of points) {
      for (const guess of this.#guesses.get(table) ?? []) {
        const own = guess.columns.map((column) => {
          const value = values.find(({ of }) => of.column === column && of.tables[0] === table);
          return value?.parameter ?? null;
        });
        if (own.every((each) => each !== null)) {
          yield { seen: this.#tuple(guess), columns: own, isInserted: false };
        }
      }
    }
  }

  #tuple(guess: GuessedKey): SeenTuples {
    const seen = this.tuples.get(guess) ?? new SeenTuples();
    this.tuples.set(guess, seen);
    return seen;
  }
}

/** Of several rows each has its own value, or all have the one that is there. */
function rowsOf(columns: readonly (readonly (string | null)[])[]): string[][] {
  const count = Math.max(...columns.map(({ length }) => length));
  const isEven = columns.every(({ length }) => length === count || length === 1);
  if (!isEven) return [];
  const rows = Array.from({ length: count }, (_, row) =>
    columns.map((values) => (values.length === 1 ? values[0] : values[row])),
  );
  return rows.flatMap((row) => {
    const whole = row.flatMap((value) => value ?? []);
    return whole.length === row.length ? [whole] : [];
  });
}
