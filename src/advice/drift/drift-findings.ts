import type { DriftFacts } from '../../result/advice-drift.ts';
import { type Fact, fact } from '../../result/finding.ts';

/** What the months do to the shards, for a reader: alarms in the order in which they trip. */
export function driftFindings(
  { alarms, moves, spread, futures, horizonMonths, shardCount }: Omit<DriftFacts, 'findings'>,
  isTenant: boolean,
): Fact[] {
  const of = isTenant ? 'tenant' : 'value';
  const trips = alarms.filter(({ fraction }) => fraction > 0);
  const quiet = alarms.filter(({ fraction }) => fraction === 0);
  const inOrder = trips.toSorted(
    (a, b) => (a.months.p50 ?? Infinity) - (b.months.p50 ?? Infinity) || b.fraction - a.fraction,
  );
  const facts = [
    fact('advice-drift-assumed', {
      numbers: { spreadFraction: spread, futures },
      names: { of },
    }),
    ...inOrder.map(({ alarm, limit, months, fraction }) => {
      const { p10, p50 } = months;
      const numbers = { limit, monthsP10: p10, monthsP50: p50, fraction, shards: shardCount };
      return fact('advice-drift-alarm', { numbers, names: { alarm, of } });
    }),
  ];
  if (quiet.length > 0) {
    const names = { alarms: quiet.map(({ alarm }) => alarm), of };
    facts.push(fact('advice-drift-quiet', { numbers: { horizonMonths }, names }));
  }
  const numbers = {
    maxOverMeanMost: moves.maxOverMeanMost,
    movesP50: moves.aYear.p50,
    movesP90: moves.aYear.p90,
    loadFraction: moves.loadFraction.p50,
    stuckFraction: moves.stuckFraction,
  };
  return [...facts, fact('advice-drift-moves', { numbers, names: { of } })];
}
