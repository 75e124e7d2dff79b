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
  /** The literals that have a parameter, in the order of their numbers. */
  readonly slots: readonly LiteralSlot[];
}

/** Where the grammar takes no parameter, another form is tried so often. */
const triesMost = 20;

/**
 * @param lists false: shortened lists as if they had one element, `in ($1)`; their parameters have
 *   several values then. true: as what has any number of them.
 */
export function readPiece(
  { codes, slots }: KeyPiece,
  first: number,
  grammar: Grammar,
  lists: boolean,
): ReadPiece | { readonly fault: string } {
  const plain = new Set<number>();
  for (;;) {
    const text = templateText(codes, { first, plain, lists });
    const read = readText(text, grammar, lists && codes.includes(marks.more));
    if (!('fault' in read)) {
      return { ...read, slots: slots.filter((_, place) => !plain.has(place)) };
    }
    const number = Number(/at or near "\$(\d+)"/.exec(read.fault)?.[1] ?? NaN);
    const place = placeOf(number - first, plain);
    if (plain.size === slots.length) return read;
    // A constant of the grammar's own, such as the text behind CYCLE ... TO, has no number.
    if (place < slots.length && plain.size < triesMost) plain.add(place);
    // It does not say which: of JSON_TABLE a path, for one.
    else for (const each of slots.keys()) plain.add(each);
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
