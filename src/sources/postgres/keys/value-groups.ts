import type { AnswerRow } from '../session-types.ts';
import type { CountClass } from './count-classes.ts';
import { joinedText, valueNames } from './key-table.ts';

/** What a database says of the groups of a column, without sending them all. */
export interface ValueGroups {
  readonly classes: readonly CountClass[];
  /** The largest, at most `topMost`. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** Numbers that came with them, by name. */
  readonly totals: Readonly<Record<string, number>>;
}

export const topMost = 1000;

/**
 * A statement whose answer `valueGroups` reads: of a query `groups` with columns v1 ... and `n`.
 *
 * @param before queries of the WITH clause, one of which is called groups
 * @param totals numbers to ask for besides, as SQL by name
 */
export function groupsSql(
  before: readonly string[],
  columns: number,
  totals: Readonly<Record<string, string>> = {},
): string {
  const names = valueNames(Array.from({ length: columns }, () => ''));
  const text = joinedText(names);
  // Among equals the first by their own order: as cheap as any, and always the same ones.
  const ordered = `order by n desc, ${names.join(', ')} limit ${topMost}`;
  const asked = Object.entries(totals).map(
    ([name, sql]) => `select '${name}', (${sql})::float8, null::float8, null::text`,
  );
  return [
    `with ${before.join(', ')}`,
    `, heaviest as (select ${text} as value, n from groups ${ordered})`,
    `select 'class' as part, n::float8 as n, count(*)::float8 as many, null::text as value`,
    ` from groups group by groups.n`,
    ` union all select 'top', n::float8, null, value from heaviest`,
    ...asked.map((each) => ` union all ${each}`),
  ].join('');
}

export function valueGroups(rows: readonly AnswerRow[]): ValueGroups {
  const classes: CountClass[] = [];
  const top: { value: string; count: number }[] = [];
  const totals: Record<string, number> = {};
  for (const { part, n, many, value } of rows) {
    const count = Number(n ?? 0);
    if (part === 'class') classes.push({ count, values: Number(many) });
    else if (part === 'top') top.push({ value: String(value), count });
    else totals[String(part)] = count;
  }
  return { classes, top: top.toSorted(byCount), totals };
}

/** The largest first, and among equals in an order that does not hang on the database's mood. */
export function byCount(
  a: { readonly value: string; readonly count: number },
  b: { readonly value: string; readonly count: number },
): number {
  return b.count - a.count || (a.value < b.value ? -1 : Number(a.value > b.value));
}
