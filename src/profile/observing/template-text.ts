import { isMark, marks } from './key-codes.ts';
import { continuesName } from './literal-ends.ts';

/** Which literals of a text a parameter of its template stands for. */
export interface LiteralSlot {
  /** Shortened lists before it. */
  readonly listsBefore: number;
  /** Literals before it that are in none of these lists. */
  readonly literalsBefore: number;
  /** Of a shortened list: its place within an element; null: it is in none. */
  readonly inElement: number | null;
}

/** One statement of a key. */
export interface KeyPiece {
  readonly codes: Uint16Array;
  /** By literal of the key that has a mark. */
  readonly slots: readonly LiteralSlot[];
  /** Of its shortened lists, UTF-16 units of the element that is left. */
  readonly lengths: readonly number[];
}

/** A shortened list of a key: literals and UTF-16 units of the element that is left. */
export interface ShortenedList {
  readonly width: number;
  readonly length: number;
}

/**
 * @param codes of a key
 * @param semicolons places in it that divide its statements
 * @param lists that were shortened
 */
export function keyPieces(
  codes: Uint16Array,
  semicolons: readonly number[],
  lists: readonly ShortenedList[],
): KeyPiece[] {
  const pieces: KeyPiece[] = [];
  let [listsBefore, literalsBefore, start] = [0, 0, 0];
  for (const end of [...semicolons, codes.length]) {
    const slots: LiteralSlot[] = [];
    const before = listsBefore;
    const piece = codes.subarray(start, end);
    for (const code of piece) {
      if (code === marks.string || code === marks.number) {
        slots.push({ listsBefore, literalsBefore, inElement: null });
        literalsBefore += 1;
      } else if (code === marks.more) {
        const width = lists[listsBefore]?.width ?? 0;
        literalsBefore -= width;
        const first = { listsBefore, literalsBefore };
        for (let i = 0; i < width; i += 1) {
          slots[slots.length - width + i] = { ...first, inElement: i };
        }
        listsBefore += 1;
      }
    }
    start = end + 1;
    const lengths = lists.slice(before, listsBefore).map(({ length }) => length);
    if (piece.some((code) => code !== 32)) pieces.push({ codes: piece, slots, lengths });
  }
  return pieces;
}

interface TemplateOptions {
  /** Number of the parameter that stands for the first literal. */
  readonly first: number;
  /** Marks that get no parameter but an empty text or a 0, by their places. */
  readonly plain?: ReadonlySet<number>;
  /** Whether it shows which lists were shortened. */
  readonly lists: boolean;
}

export interface TemplateText {
  readonly sql: string;
  /** Marks in it, those that are plain included. */
  readonly marks: number;
}

/**
 * The statement as pg_stat_statements writes it: with its own parameters, the next numbers for its
 * literals, and a comment in each list of values that was shortened. A shortened list of rows, or
 * of what else has more than a literal, has two elements, for there were several.
 */
export function templateText({ codes, lengths }: KeyPiece, options: TemplateOptions): TemplateText {
  const writer = new TemplateWriter(codes, options);
  let list = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (!isMark(code)) continue;
    writer.until(at);
    if (code !== marks.more) {
      writer.mark(at);
      continue;
    }
    if (options.lists) writer.several(at, lengths[list] ?? 0);
    list += 1;
  }
  writer.until(codes.length);
  return { sql: writer.sql.trim(), marks: writer.marks };
}

class TemplateWriter {
  sql = '';
  marks = 0;
  private readonly key: string;
  private number: number;
  private from = 0;
  private readonly codes: Uint16Array;
  private readonly plain: ReadonlySet<number> | undefined;

  constructor(codes: Uint16Array, { first, plain }: TemplateOptions) {
    this.codes = codes;
    this.key = textOf(codes);
    this.number = first;
    this.plain = plain;
  }

  /** Writes what has no marks, and passes over the one behind it. */
  until(at: number): void {
    this.sql += this.key.slice(this.from, at);
    this.from = at + 1;
  }

  mark(at: number): void {
    const code = this.codes[at] ?? 0;
    if (code === marks.open) {
      this.sql += "'";
      return;
    }
    if (continuesName(this.sql.charCodeAt(this.sql.length - 1))) this.sql += ' ';
    const isPlain = this.plain?.has(this.marks) === true;
    if (isPlain) this.sql += code === marks.string ? "''" : '0';
    else this.sql += `$${this.number}`;
    this.number += isPlain ? 0 : 1;
    this.marks += 1;
    // Behind a number a letter is a fault, and stays one.
    if (code === marks.string && continuesName(this.codes[at + 1] ?? 32)) this.sql += ' ';
  }

  /** @param length of the element before `at` */
  several(at: number, length: number): void {
    if (length === 1) {
      this.sql += ' /*, ... */';
      return;
    }
    this.sql += ', ';
    this.from = at - length;
    for (let next = at - length; next < at; next += 1) {
      if (!isMark(this.codes[next] ?? 0)) continue;
      this.until(next);
      this.mark(next);
    }
    this.until(at);
  }
}

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 4096) {
    text += String.fromCharCode(...codes.subarray(at, at + 4096));
  }
  return text;
}
