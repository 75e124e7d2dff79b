import type { ParseResult } from 'libpg-query';
import type { Grammar } from '../../sql/grammar.ts';
import { mendedTemplate } from '../mended-template.ts';
import { marks } from './key-codes.ts';
import { type KeyPiece, type LiteralSlot, templateText } from './template-text.ts';

/** A statement of a key as Postgres' grammar reads it. */
export interface ReadPiece {
  /** With parameters for its literals, in a form that the grammar takes. */
  readonly sql: string;
  readonly tree: ParseResult;
  /** The literals that have a parameter, in the order of their numbers; none with `lists`. */
  readonly slots: readonly LiteralSlot[];
}

/** Where the grammar takes no parameter, another form is tried so often. */
const triesMost = 20;

/**
 * @param lists true: shortened lists as what has any number of elements. false: as if they had one,
 *   `in ($1)`, whose parameter has several values then.
 */
export function readPiece(
  piece: KeyPiece,
  first: number,
  grammar: Grammar,
  lists: boolean,
): ReadPiece | { readonly fault: string } {
  const plain = new Set<number>();
  for (;;) {
    const text = templateText(piece, { first, plain, lists });
    const read = readText(text.sql, grammar, lists && piece.codes.includes(marks.more));
    if (!('fault' in read)) {
      const slots = lists ? [] : piece.slots.filter((_, place) => !plain.has(place));
      return { ...read, slots };
    }
    const number = Number(/at or near "\$(\d+)"/.exec(read.fault)?.[1] ?? NaN);
    const place = placeOf(number - first, plain);
    if (plain.size === text.marks) return read;
    // A constant of the grammar's own, such as the text behind CYCLE ... TO, has no number.
    if (place < text.marks && plain.size < triesMost) plain.add(place);
    // It does not say which: of JSON_TABLE a path, for one.
    else for (let each = 0; each < text.marks; each += 1) plain.add(each);
  }
}

function readText(
  text: string,
  grammar: Grammar,
  mends: boolean,
): Omit<ReadPiece, 'slots'> | { fault: string } {
  // Of a cursor its query counts.
  const parsed = mends || /^declare\b/i.test(text) ? undefined : grammar.parse(text);
  if (parsed !== undefined && 'tree' in parsed) return { sql: text, tree: parsed.tree };
  const sql = mendedTemplate(text, grammar);
  const mended = grammar.parse(sql);
  return 'tree' in mended ? { sql, tree: mended.tree } : { fault: mended.fault.message };
}

/** The place of the literal with this parameter, counted from 0; others have none. */
function placeOf(parameter: number, plain: ReadonlySet<number>): number {
  let place = 0;
  for (let left = parameter; ; place += 1) {
    if (plain.has(place)) continue;
    if (left === 0) return place;
    if (!(left > 0)) return Infinity;
    left -= 1;
  }
}
