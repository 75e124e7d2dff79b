import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { money, percent, ratio, short, significant, times } from '../../wording/format.ts';
import { dash, number, plain, words } from '../terminal-entries.ts';
import type { Entry, Head } from '../terminal-layout.ts';
import { name } from '../text.ts';
import { monthsText, strategyLabel, tones } from './rows.ts';

/** A column of the table of candidates. */
export interface AdviceColumn {
  readonly head: Head;
  /** What it means, for the legend; null where the head says it. */
  readonly meaning: ((document: AdviceDocument) => string) | null;
  readonly entry: (candidate: AdvisedCandidate) => Entry;
}

const share = (fraction: number | null): Entry =>
  plain(fraction === null ? dash : (100 * fraction).toFixed(0));

export const adviceColumns: readonly AdviceColumn[] = [
  {
    head: words('candidate'),
    meaning: null,
    entry: (candidate) => plain(strategyLabel(candidate)),
  },
  { head: number('shards'), meaning: null, entry: ({ shardCount }) => plain(String(shardCount)) },
  {
    head: words('status'),
    meaning: null,
    entry: ({ status }) => ({ text: status, tone: tones[status] }),
  },
  {
    head: number('one %', 2),
    meaning: () => 'operations that one shard answers',
    entry: ({ singleShardFraction }) => share(singleShardFraction),
  },
  {
    head: number('cross %', 5),
    meaning: () => 'operations that write or lock on several',
    entry: ({ crossShardFraction }) => share(crossShardFraction),
  },
  {
    head: number('max/mean', 3),
    meaning: ({ basis }) => `load of the fullest shard, p5-p95 of ${short(basis.draws)} placements`,
    entry: ({ band }) => plain(band === null ? dash : `${ratio(band.p5)}-${ratio(band.p95)}`),
  },
  {
    head: number('takes/s', 1),
    meaning: () => 'operations a second of all shards',
    entry: ({ capacityQps }) => plain(capacityQps === null ? dash : short(Math.round(capacityQps))),
  },
  {
    head: number('buys', 6),
    meaning: () => 'these against the instance',
    entry: ({ capacityRatio }) => plain(capacityRatio === null ? dash : times(capacityRatio)),
  },
  {
    head: number('months'),
    meaning: ({ basis }) => `until one has ${percent(basis.utilisation)} of what it can do`,
    entry: ({ monthsToFull }) =>
      plain(monthsToFull === null ? dash : monthsText(monthsToFull.trend)),
  },
  {
    head: number('p99 ms', 2),
    meaning: () =>
      'simulated, today and at twice the load; full: more than a shard can do; ' +
      `${dash}: not simulated`,
    entry: (candidate) => plain(p99Text(candidate)),
  },
  {
    head: number('bill'),
    meaning: ({ basis }) => `${name(basis.currency)} a month`,
    entry: ({ monthlyCost }) => plain(money(monthlyCost)),
  },
  {
    head: number('moves %', 4),
    meaning: () => 'load that moves when the shards are doubled',
    entry: ({ movedFraction }) => share(movedFraction),
  },
];

/** At the load of today, and at twice that. */
function p99Text({ p99Ms, p99MsAtTwice, simulated }: AdvisedCandidate): string {
  if (simulated === null) return dash;
  const of = (value: number | null, used: number): string => {
    if (value !== null) return significant(value);
    return used >= 1 ? 'full' : dash;
  };
  const now = of(p99Ms, simulated.usedFraction);
  const twice = of(p99MsAtTwice, simulated.usedFractionAtTwice);
  return now === twice ? now : `${now}-${twice}`;
}
