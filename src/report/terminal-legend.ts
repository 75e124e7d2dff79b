import type { Rank, Ranking } from '../result/ranking.ts';
import type { RunResult } from '../result/types.ts';
import { howToClaim, isRankedByLatency, repeatsForClaims, repeatsOf } from './measured-repeats.ts';

/** A place, or the places between which it may be. */
export function rankText(rank: Pick<Rank, 'from' | 'to'> | undefined): string {
  if (rank === undefined) return '—';
  return rank.from === rank.to ? `${rank.from}` : `${rank.from}-${rank.to}`;
}

/** What ranks by response time are of, or why there are none. */
function latencyLegend(result: RunResult): string {
  if (isRankedByLatency(result)) {
    return 'by p50: place by median response time, a range where no difference can be shown.';
  }
  const { measured, planned } = repeatsOf(result);
  const why =
    measured.most >= repeatsForClaims
      ? 'no cell has times that stand for its strategy.'
      : `that takes ${howToClaim(planned)}.`;
  return `Response times are not ranked: ${why}`;
}

/** What the columns of the tables mean. */
export const tableLegend = ({ by }: Ranking, result: RunResult): string =>
  (result.cells.some(({ work }) => (work ?? null) !== null)
    ? 'databases: how many databases do as much work as these shards (one without shards is 1); ' +
      'p5, p95: the same over hash salts, p5 is the worst; '
    : '') +
  `rank: by ${by}, a range where the bands overlap; max/mean: writes of the hottest shard over ` +
  'the mean. ' +
  latencyLegend(result);
