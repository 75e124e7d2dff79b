import type { MeasuredRate } from '../../advice/ranking-held.ts';
import { mean } from '../../base/statistics/moments.ts';
import { median } from '../../base/statistics/quantile.ts';
import type { RankedCandidate, RankingSearch } from '../../result/advice-measured.ts';
import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import type { Finding } from '../../result/finding.ts';
import { fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import type { PredictedCandidate } from './predicted-candidates.ts';

/** What all rounds together say of a strategy; null: no search of it came to an end. */
export function measuredRate(
  strategy: string,
  done: readonly CapacityDocument[],
): MeasuredRate | null {
  const rates = searchesOf(strategy, done).flatMap(({ found }) => rateOf(found) ?? []);
  if (rates.length === 0) return null;
  const highs = rates.map(({ high }) => high ?? Infinity);
  const high = Math.max(...highs);
  return {
    qps: mean(rates.map(({ qps }) => qps)),
    low: Math.min(...rates.map(({ low }) => low)),
    high: high === Infinity ? null : high,
  };
}

/** One that is not confirmed is worth its interval; one whose windows are no windows, nothing. */
function rateOf({
  status,
  sustainedQps,
  interval,
  limitedBy,
  notes,
}: CapacityStrategy): MeasuredRate | null {
  if (interval === null || status === 'failed' || status === 'interrupted') return null;
  if (notes.some(({ code }) => code === 'capacity-doubtful')) return null;
  const isByShards = limitedBy === null || limitedBy.kind === 'shard';
  const high = isByShards ? interval.high : null;
  // No window held, and it is not the shards that broke them.
  if (sustainedQps === null && high === null) return null;
  return { qps: sustainedQps ?? 0, low: interval.low, high };
}

interface OneSearch {
  readonly round: number;
  readonly found: CapacityStrategy;
  readonly startQps: number;
}

function searchesOf(strategy: string, done: readonly CapacityDocument[]): OneSearch[] {
  return done.flatMap(({ strategies, search }, index) =>
    strategies
      .filter((each) => each.strategy === strategy)
      .map((found) => ({ round: index + 1, found, startQps: search.startQps })),
  );
}

interface Ranks {
  readonly place: string;
  readonly rate: MeasuredRate | null;
  readonly predictedRank: number;
  readonly rank: number | null;
}

export function rankedCandidate(
  { strategy, key, router, chosen, predicted }: PredictedCandidate,
  done: readonly CapacityDocument[],
  { place, rate, predictedRank, rank }: Ranks,
): RankedCandidate {
  const searches = searchesOf(strategy, done);
  return {
    strategy,
    key,
    router,
    chosen,
    predicted: { ...predicted, band: { ...predicted.band }, rank: predictedRank },
    sustainedQps: rate === null || rate.qps === 0 ? null : rate.qps,
    interval: rate && { low: rate.low, high: rate.high },
    rank,
    searches: searches.map(searchFacts),
    atRate: atRate(searches),
    notes: notesAt(place, searches),
  };
}

const searchFacts = ({ round, found }: OneSearch): RankingSearch => ({
  round,
  status: found.status,
  error: found.error,
  sustainedQps: found.sustainedQps,
  interval: found.interval,
  limitedBy: found.limitedBy?.kind ?? null,
  windows: found.steps.length,
});

/** Times at the rate where every search begins: they cost no window more. */
function atRate(searches: readonly OneSearch[]): RankedCandidate['atRate'] {
  const steps = searches.flatMap(({ found, startQps }) =>
    found.steps.filter(({ rateQps, outcome }) => rateQps === startQps && outcome !== 'spoilt'),
  );
  const [first] = steps;
  if (first === undefined) return null;
  const middle = (values: readonly (number | null)[]): number | null => {
    const value = median(values.map((each) => each ?? Infinity));
    return Number.isFinite(value) ? value : null;
  };
  return {
    rateQps: first.rateQps,
    windows: steps.length,
    p50Ms: middle(steps.map(({ responseMs }) => responseMs.p50)),
    p99Ms: middle(steps.map(({ responseMs }) => responseMs.p99)),
  };
}

/** What several searches say is said once, and what spoilt windows not beside what ended it. */
function notesAt(place: string, searches: readonly OneSearch[]): Finding[] {
  const byCode = new Map<string, Finding>();
  for (const note of searches.flatMap(notesOf)) byCode.set(note.code, { ...note, place });
  if (byCode.has('limited-by-machine')) byCode.delete('capacity-spoilt');
  return [...byCode.values()];
}

/** Notes of a search that say nothing of options which `advise` does not have. */
const passedOn: ReadonlySet<string> = new Set([
  'capacity-not-met',
  'capacity-spoilt',
  'capacity-doubtful',
]);

function notesOf({ round, found }: OneSearch): Finding[] {
  const { status, limitedBy, notes, error } = found;
  const own: Finding[] = notes.filter(({ code }) => passedOn.has(code));
  const kind = limitedBy?.kind;
  if (limitedBy !== null && (kind === 'generator' || kind === 'machine')) {
    own.push(limitedBy.reason);
  } else if (status === 'at-least') {
    const numbers = { round, sustainedQps: found.sustainedQps };
    own.push(worded(fact('advice-measured-at-least', { severity: 'warning', numbers })));
  } else if (status === 'unfinished' || status === 'interrupted') {
    const numbers = { round, windows: found.steps.length };
    own.push(worded(fact(`advice-measured-${status}`, { severity: 'warning', numbers })));
  }
  if (status === 'failed') {
    const names = { error: error ?? 'unknown' };
    own.push(worded(fact('advice-measured-failed', { severity: 'error', names })));
  }
  return own;
}
