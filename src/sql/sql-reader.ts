import type { ParseResult } from 'libpg-query';
import type { ReadSql, SqlFault, SqlReader } from '../scenario/vocabulary.ts';
import { boundStatements } from './bound-statements.ts';
import type { Grammar } from './grammar.ts';
import { fixedColumns } from './fixed-columns.ts';
import { numberParameters } from './named-parameters.ts';
import { unknownNames } from './unknown-names.ts';
import { unitsOfBytes } from './utf8-places.ts';

/** A statement with the tree that the grammar makes of it; null where it is none. */
export interface ReadStatement extends ReadSql {
  readonly tree: ParseResult | null;
  /** The index in the statement as written, of a place in the tree (bytes of `text`). */
  readonly placeOf: (bytes: number) => number;
}

export interface StatementReader extends SqlReader {
  read(sql: string): ReadStatement;
  /** A statement as Postgres takes it, with $1, $2 ... and no names. */
  readNumbered(sql: string): ReadStatement;
  readonly grammar: Grammar;
}

/** Each statement is read once, however often it is asked for. */
export function sqlReader(grammar: Grammar): StatementReader {
  const read = once((sql) => readStatement(sql, grammar));
  const reader: StatementReader = {
    read,
    readNumbered: once((sql) => readNumbered(sql, grammar)),
    grammar,
    faultOf: (sql) => {
      const parsed = grammar.parse(sql);
      return 'fault' in parsed ? parsed.fault : undefined;
    },
    fixedColumns: ({ sql }, table) => fixedColumns(read(sql), table),
    unknownNames: ({ sql }, names) => unknownNames(read(sql), names, reader),
    boundStatements: (set, operation, key) => boundStatements(set, operation, key, reader),
  };
  return reader;
}

function once(read: (sql: string) => ReadStatement): (sql: string) => ReadStatement {
  const known = new Map<string, ReadStatement>();
  return (sql) => {
    const statement = known.get(sql) ?? read(sql);
    known.set(sql, statement);
    return statement;
  };
}

function readStatement(sql: string, grammar: Grammar): ReadStatement {
  const { writtenAt, ...numbered } = numberParameters(sql, grammar.tokens(sql));
  const { text, names, problems } = numbered;
  const toUnits = unitsOfBytes(text);
  const placeOf = (bytes: number): number => writtenAt(toUnits(bytes));
  const parsed = grammar.parse(text);
  if ('tree' in parsed) {
    return { sql, ...numbered, tree: problems.length === 0 ? parsed.tree : null, placeOf };
  }
  // Reported already, in words that say more of named parameters.
  if (problems.length > 0) return { sql, ...numbered, tree: null, placeOf };
  const fault = { message: named(parsed.fault, names), at: writtenAt(parsed.fault.at) };
  return { sql, ...numbered, fault, tree: null, placeOf };
}

/** What Postgres says of $1 is said of the name that stands there. */
function named({ message }: SqlFault, names: readonly string[]): string {
  return message.replaceAll(
    /"\$(\d+)"/g,
    (number: string, digits: string) => `":${names[Number(digits) - 1] ?? number}"`,
  );
}

/** A colon is one of Postgres' own here, as in the slice of an array. */
function readNumbered(sql: string, grammar: Grammar): ReadStatement {
  const { tokens } = grammar.tokens(sql);
  const numbers = tokens.flatMap(({ kind, text }) =>
    kind === 'parameter' ? Number(text.slice(1)) : [],
  );
  const most = numbers.reduce((one, other) => Math.max(one, other), 0);
  const names = Array.from({ length: Math.min(most, parametersMost) }, (_, at) => `$${at + 1}`);
  const verb = tokens.find(({ kind }) => kind === 'word')?.text.toLowerCase() ?? '';
  const read = { sql, text: sql, names, verb, problems: [], placeOf: unitsOfBytes(sql) };
  const parsed = grammar.parse(sql);
  return 'tree' in parsed
    ? { ...read, tree: parsed.tree }
    : { ...read, fault: parsed.fault, tree: null };
}

/** Postgres' own limit: a number above it is no parameter. */
const parametersMost = 65_535;
