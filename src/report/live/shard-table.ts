import { counted, integer, rate, significant } from '../../wording/format.ts';
import type { Block } from '../document.ts';
import { column, numberOr, value } from '../values.ts';
import type { LiveCourse } from './live-course.ts';

/** As many shards are looked at while they change. */
const rowLimit = 16;

const columns = [
  column('Shard', { align: 'text' }),
  column('writes/s'),
  column('reads/s'),
  column('p99, ms'),
  column('waiting', { meaning: 'Shard queries waiting for a connection as the second ended' }),
  column('errors', { meaning: 'Shard queries that failed or timed out, in this phase so far' }),
  column('dropped', { meaning: 'Shard queries without a place in the queue, so far' }),
];

/** The last second by shard: of many those with the most writes so far. */
export function shardTable({ last, totals }: LiveCourse): Block {
  if (last === null) return { kind: 'paragraph', text: 'No second of this cell has ended yet.' };
  const sorted = [...totals.entries()].toSorted(([, a], [, b]) => b.writes - a.writes);
  const shown = sorted.slice(0, rowLimit).toSorted(([a], [b]) => a - b);
  const more = sorted.length - shown.length;
  const rows = shown.flatMap(([shard, { errors, dropped }]) => {
    const own = last.shards[shard];
    if (own === undefined) return [];
    return [
      [
        { ...value(`shard ${shard}`), first: true },
        value(rate(own.writes)),
        value(rate(own.reads)),
        numberOr(own.p99Ms, significant, 'too few queries, or more than 1 in 100 failed'),
        value(integer(own.queued)),
        value(integer(errors)),
        value(integer(dropped)),
      ],
    ];
  });
  const caption = 'The last second of each shard';
  const left = `The table leaves out the ${counted(more, 'shard')} with the fewest writes so far.`;
  return { kind: 'table', caption, columns, rows, note: more === 0 ? null : left };
}
