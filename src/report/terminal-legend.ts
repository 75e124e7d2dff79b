import type { Rank, Ranking } from '../result/ranking.ts';

/** A place, or the places between which it may be. */
export function rankText(rank: Pick<Rank, 'from' | 'to'> | undefined): string {
  if (rank === undefined) return '—';
  return rank.from === rank.to ? `${rank.from}` : `${rank.from}-${rank.to}`;
}

/** What ranks by response time are of, or what they take. */
const latencyLegend = (ranked: boolean): string =>
  ranked
    ? 'by p50: place by median response time, a range where no difference can be shown.'
    : 'Response times are not ranked: that takes 5 repeats of each cell (--repeat 5).';

/** What the columns of the tables mean. */
export const tableLegend = ({ by }: Ranking, latency: boolean): string =>
  (by === 'capacity'
    ? 'databases: how many databases do as much work as these shards (one without shards is 1); ' +
      'p5, p95: the same over hash salts, p5 is the worst; '
    : '') +
  `rank: by ${by}, a range where the bands overlap; max/mean: writes of the hottest shard over ` +
  'the mean. ' +
  latencyLegend(latency);
