import { type Fact, fact } from '../result/finding.ts';
import type { CapacityFacts, CostFacts } from '../result/growth-document.ts';
import { numbered } from '../result/numbered.ts';
import { type GrowthContext, peakPerSecond } from './growth-case.ts';
import type { Advice, Weighed } from './weighed.ts';

/**
 * The advice where a capacity that nobody knows decides: no shard count and no date, but what holds
 * whatever a shard takes, and how to measure it.
 */
export function measureFirst(context: GrowthContext, all: readonly Weighed[]): Advice {
  const { now, database } = context;
  const rows = all.filter(({ remedy }) => remedy === null);
  const isUnknown = database.source === 'unknown';
  const known = isUnknown ? 'nothing' : 'a lower bound';
  return {
    kind: 'measure',
    strategy: null,
    shardCount: now.shards,
    advice: fact('measure-before-deciding', { severity: 'warning', names: { known } }),
    reasons: [
      ...(isUnknown ? [] : [{ ...database.basis, code: 'capacity-known-so-far' }]),
      fact('known-without-capacity'),
      ...balances(now.shards, rows),
      ...ruledOut(rows),
    ],
    actWithinMonths: null,
    act: fact('measure-capacity', howToMeasure(context)),
  };
}

/** What the commands need, which are to be copied. */
export function howToMeasure({ path, scenario }: Pick<GrowthContext, 'path' | 'scenario'>) {
  return {
    numbers: { ratePerSecond: peakPerSecond(scenario.arrivals) },
    names: { scenario: path },
  };
}

/** How much more than an even share the fullest present shard does, by strategy. */
function balances(shards: number, all: readonly Weighed[]): Fact[] {
  const rows = all.flatMap(({ capacity, isPresent }) =>
    isPresent && capacity.strategy !== null ? [capacity] : [],
  );
  if (rows.length === 0) return [];
  return [
    fact('uneven-work', {
      numbers: { shards, ...numbered('unevenRatio', rows.map(unevenness)) },
      names: { strategies: rows.map(({ strategy }) => strategy ?? '') },
    }),
  ];
}

function unevenness({ hottest: { keyedWork, evenKeyedWork, scatterWork } }: CapacityFacts): number {
  return (keyedWork + scatterWork) / (evenKeyedWork + scatterWork);
}

/** Verdicts that hold whatever a shard takes. */
const certain = [
  'wrong',
  'no gain',
  'dear',
] as const satisfies readonly CostFacts['verdict']['status'][];

/** Plans that are no good whatever a shard takes. */
function ruledOut(all: readonly Weighed[]): Fact[] {
  return certain.flatMap((verdict) => {
    const own = all.filter(({ cost }) => cost.verdict.status === verdict);
    if (own.length === 0) return [];
    const counts = own.map(({ capacity }) => capacity.shardCount);
    const strategies = own.map(({ capacity }) => capacity.strategy ?? 'unsharded');
    const names = { verdict, strategies };
    return [fact('ruled-out', { numbers: numbered('shards', counts), names })];
  });
}
