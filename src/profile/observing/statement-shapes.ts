import type { Grammar } from '../../sql/grammar.ts';
import type { GrowingNumbers } from './growing-numbers.ts';
import { KeyCache } from './key-cache.ts';
import { listParts, listStride } from './list-frames.ts';
import { literalValue } from './literal-value.ts';
import { readPiece } from './read-piece.ts';
import { isOfSession, statementKind, type StatementKind } from './statement-kind.ts';
import { type KeyPiece, keyPieces, type LiteralSlot, type ShortenedList } from './template-text.ts';
import { TokenScanner } from './token-scanner.ts';

/** One of the statements of a text, without its literals. */
export interface ShapeStatement extends StatementKind {
  /** In the form that the grammar takes, not yet renamed; '' for utility statements. */
  readonly sql: string;
  /** Number of the parameter that stands for the first literal. */
  readonly first: number;
  /** Whether a list of it was shortened. */
  readonly shortened: boolean;
  /** Of the parameters from `first`. */
  readonly slots: readonly LiteralSlot[];
}

/** What texts with one key have in common. */
export interface Shape<Own> {
  readonly statements: readonly { readonly statement: ShapeStatement; readonly own: Own }[];
  /** Why statements of it could not be read, without words of theirs. */
  readonly faults: readonly string[];
}

export interface ShapeOptions<Own> {
  readonly grammar: Grammar;
  /**
   * true: a statement keeps a shortened list as what has any number of values. false: as if it had
   * one, and only then `values` are to be had.
   */
  readonly lists: boolean;
  /** What the caller keeps with a statement. */
  readonly own: (statement: ShapeStatement) => Own;
}

/** Keys of a generation of the cache: two of them are known at most. */
const limits = { entries: 10_000, units: 4_000_000 };

/** Keys that may be read besides one for so many statements; reading one takes up to 1 ms. */
const readAtFirst = 20_000;
const statementsForOne = 100;

/**
 * What statements come to, each key read once by the grammar. Memory depends on the number of keys
 * up to a limit, not on that of statements.
 */
export class StatementShapes<Own> {
  private readonly scanner = new TokenScanner();
  private readonly cache = new KeyCache<Shape<Own>>(limits);
  private readonly options: ShapeOptions<Own>;
  /** Different keys that were read. */
  keysRead = 0;
  private budget = readAtFirst;
  private sql = '';

  constructor(options: ShapeOptions<Own>) {
    this.options = options;
  }

  /** null: there are too many different ones for this one to be read. */
  of(sql: string): Shape<Own> | null {
    const { scanner, cache } = this;
    this.sql = sql;
    scanner.scan(sql);
    const hash = scanner.codes.hash();
    const known = cache.get(scanner.codes, hash);
    if (known !== undefined) return known;
    this.budget += 1 / statementsForOne;
    if (scanner.semicolons.length <= 1 && isOfSession(sql)) return this.session();
    if (this.budget < 1) return null;
    this.budget -= 1 + scanner.codes.length / 2000;
    this.keysRead += 1;
    const shape = this.read();
    cache.set(scanner.codes, hash, shape);
    return shape;
  }

  /**
   * Values of a parameter, of the text that was asked for last: several of a shortened list.
   *
   * @param parameters of the statement's own; null: they are not known
   */
  values(
    { first, slots }: ShapeStatement,
    number: number,
    parameters: readonly (string | null)[] | null,
  ): readonly (string | null)[] {
    if (number < first) {
      const value = parameters?.[number - 1];
      return value === undefined ? [] : [value];
    }
    const slot = slots[number - first];
    return slot === undefined ? [] : this.literals(slot);
  }

  private literals({ listsBefore, literalsBefore, inElement }: LiteralSlot): string[] {
    const { lists } = this.scanner.frames;
    let at = literalsBefore;
    for (let list = 0; list < listsBefore; list += 1) {
      at += partOf(lists, list, 'width') * partOf(lists, list, 'elements');
    }
    if (inElement === null) return [this.literal(at)];
    const width = partOf(lists, listsBefore, 'width');
    const elements = partOf(lists, listsBefore, 'elements');
    const values: string[] = [];
    for (let i = 0; i < elements; i += 1) values.push(this.literal(at + inElement + i * width));
    return values;
  }

  private literal(at: number): string {
    const { starts, ends, negative } = this.scanner.literals;
    return literalValue(this.sql, starts.at(at), ends.at(at), negative.at(at) === 1);
  }

  private session(): Shape<Own> {
    const kind = { kind: 'utility', control: null, chains: false, opaque: null } as const;
    const statement = { ...kind, sql: '', first: 1, shortened: false, slots: [] };
    return { statements: [{ statement, own: this.options.own(statement) }], faults: [] };
  }

  private read(): Shape<Own> {
    const { scanner } = this;
    const { codes, frames, parameters } = scanner;
    const lists = shortenedLists(frames.lists);
    // The body of a function has semicolons of its own.
    const isOne = /\bbegin\s+atomic\b/i.test(this.sql);
    const semicolons = isOne ? [] : numbersOf(scanner.semicolons);
    const pieces = keyPieces(codes.codes.slice(0, codes.length), semicolons, lists);
    const faults: string[] = [];
    const statements = pieces.flatMap((piece) => {
      const statement = this.statement(piece, parameters + 1);
      if (typeof statement !== 'string') return { statement, own: this.options.own(statement) };
      faults.push(statement);
      return [];
    });
    return { statements, faults };
  }

  private statement(piece: KeyPiece, first: number): ShapeStatement | string {
    const { grammar, lists } = this.options;
    const read = readPiece(piece, first, grammar, lists);
    // A message may quote the statement, which may be anything, quotes included.
    if ('fault' in read) return read.fault.replace(/"[^]*"/, '"..."');
    const kind = statementKind(read.tree);
    const sql = kind.kind === 'utility' ? '' : read.sql;
    return { ...kind, sql, first, shortened: piece.lengths.length > 0, slots: read.slots };
  }
}

function numbersOf(numbers: GrowingNumbers): number[] {
  return [...numbers.values.subarray(0, numbers.length)];
}

const partOf = (lists: GrowingNumbers, list: number, part: keyof typeof listParts): number =>
  lists.at(list * listStride + listParts[part]);

const shortenedLists = (lists: GrowingNumbers): ShortenedList[] =>
  Array.from({ length: lists.length / listStride }, (_, list) => ({
    width: partOf(lists, list, 'width'),
    length: partOf(lists, list, 'length'),
  }));
