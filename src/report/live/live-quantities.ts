import type { RunningShard } from '../../result/running-second.ts';
import { integer, ms, rate } from '../../wording/format.ts';

/** What is drawn by shard, in a chart of its own. */
export interface LiveQuantity {
  readonly subject: string;
  /** Of the axis. */
  readonly title: string;
  readonly of: (shard: RunningShard) => number | null;
  readonly format: (value: number) => string;
  /** The axis reaches as far as this at least. */
  readonly least: number;
}

export const liveQuantities: readonly LiveQuantity[] = [
  {
    subject: 'Writes by shard',
    title: 'writes/s',
    of: ({ writes }) => writes,
    format: (value) => `${rate(value)}/s`,
    least: 5,
  },
  { subject: 'p99 by shard', title: 'p99, ms', of: ({ p99Ms }) => p99Ms, format: ms, least: 1 },
  {
    subject: 'Queue by shard',
    title: 'waiting',
    of: ({ queued }) => queued,
    format: integer,
    least: 5,
  },
];
