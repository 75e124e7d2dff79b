import { type Chart, inWords } from '../charts/chart.ts';
import { chartFrame } from './chart-frame.ts';
import type { LiveCourse } from './live-course.ts';
import type { LiveQuantity } from './live-quantities.ts';

/** The chart of a quantity by shard, with what its last second says. */
export function liveChart({ last }: Pick<LiveCourse, 'last'>, quantity: LiveQuantity): Chart {
  const { subject, of, format, title: axis } = quantity;
  const spec = chartFrame(axis);
  const known = (last?.shards ?? []).flatMap((own, shard) => {
    const value = of(own);
    return value === null ? [] : [{ shard, value }];
  });
  const sorted = known.toSorted((a, b) => b.value - a.value);
  const [most] = sorted;
  const least = sorted.at(-1);
  if (most === undefined || least === undefined) {
    const title = 'too few queries to say';
    return { subject, title, description: `${subject}: ${title}.`, spec };
  }
  const on = ({ shard, value }: { shard: number; value: number }): string =>
    `${format(value)} on shard ${shard}`;
  const isSame = format(most.value) === format(least.value);
  const title = isSame ? `${format(most.value)} on every shard` : `${on(most)}, ${on(least)}`;
  const words = inWords(known.map(({ shard, value }) => `shard ${shard} ${format(value)}`));
  return { subject, title, description: `In second ${last?.second ?? 0}: ${words}.`, spec };
}
