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
}

/**
 * @param codes of a key
 * @param semicolons places in it that divide its statements
 * @param widths literals in an element of each shortened list
 */
export function keyPieces(
  codes: Uint16Array,
  semicolons: readonly number[],
  widths: readonly number[],
): KeyPiece[] {
  const pieces: KeyPiece[] = [];
  let [listsBefore, literalsBefore, start] = [0, 0, 0];
  for (const end of [...semicolons, codes.length]) {
    const slots: LiteralSlot[] = [];
    const piece = codes.subarray(start, end);
    for (const code of piece) {
      if (code === marks.string || code === marks.number) {
        slots.push({ listsBefore, literalsBefore, inElement: null });
        literalsBefore += 1;
      } else if (code === marks.more) {
        const width = widths[listsBefore] ?? 0;
        literalsBefore -= width;
        const first = { listsBefore, literalsBefore };
        for (let i = 0; i < width; i += 1) {
          slots[slots.length - width + i] = { ...first, inElement: i };
        }
        listsBefore += 1;
      }
    }
    start = end + 1;
    if (piece.some((code) => code !== 32)) pieces.push({ codes: piece, slots });
  }
  return pieces;
}

interface TemplateOptions {
  /** Number of the parameter that stands for the first literal. */
  readonly first: number;
  /** Literals that get no parameter but an empty text or a 0, by their places. */
  readonly plain?: ReadonlySet<number>;
  /** Whether it shows which lists were shortened. */
  readonly lists: boolean;
}

/**
 * The statement as pg_stat_statements writes it: with its own parameters, the next numbers for its
 * literals, and a comment in each list that was shortened.
 */
export function templateText(codes: Uint16Array, options: TemplateOptions): string {
  const { first, plain, lists } = options;
  const key = textOf(codes);
  let [sql, from, literal, number] = ['', 0, 0, first];
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (!isMark(code)) continue;
    sql += key.slice(from, at);
    from = at + 1;
    if (code === marks.more) sql += lists ? ' /*, ... */' : '';
    else if (code === marks.open) sql += "'";
    else {
      if (continuesName(sql.charCodeAt(sql.length - 1))) sql += ' ';
      const isPlain = plain?.has(literal) === true;
      if (isPlain) sql += code === marks.string ? "''" : '0';
      else sql += `$${number}`;
      number += isPlain ? 0 : 1;
      literal += 1;
      // Behind a number a letter is a fault, and stays one.
      if (code === marks.string && continuesName(codes[at + 1] ?? 32)) sql += ' ';
    }
  }
  return (sql + key.slice(from)).trim();
}

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 4096) {
    text += String.fromCharCode(...codes.subarray(at, at + 4096));
  }
  return text;
}
