import { formatRate } from '../base/units.ts';
import type { CapacityRow, CostRow } from '../result/growth-document.ts';
import { type GrowthContext, peakPerSecond } from './growth-case.ts';
import { shardsText } from './recommendation-reasons.ts';
import type { Advice, Weighed } from './weighed.ts';

/**
 * The advice where a capacity that nobody knows decides: no shard count and no date, but what holds
 * whatever a shard takes, and how to measure it.
 */
export function measureFirst(context: GrowthContext, all: readonly Weighed[]): Advice {
  const { now, database } = context;
  const rows = all.filter(({ remedy }) => remedy === null);
  return {
    kind: 'measure',
    strategy: null,
    shardCount: now.shards,
    text:
      'No shard count is recommended and no date is given: both need a measured capacity.' +
      (database.source === 'unknown' ? '' : ' So far only a lower bound of the capacity is known.'),
    reasons: [
      ...(database.source === 'unknown' ? [] : [`Known so far: ${database.basis}.`]),
      'The tables show what can be known without a capacity: what each step moves, what it costs, ' +
        'and how many times the present load it can carry.',
      ...balances(now.shards, rows),
      ...ruledOut(rows),
    ],
    actWithinMonths: null,
    act: howToMeasure(context),
  };
}

/** The commands, in a form to be copied. */
export function howToMeasure({ path, scenario }: Pick<GrowthContext, 'path' | 'scenario'>): string {
  const rate = peakPerSecond(scenario.arrivals);
  const file = /^[\w./-]+$/.test(path) ? path : `'${path}'`;
  const run = (times: number, out: string): string =>
    `npx shardlab run ${file} --rate ${formatRate(rate * times)} --out ${out}`;
  return (
    `Measure it: \`${run(1, 'run-1')}\`, then the same at twice the rate ` +
    `(\`${run(2, 'run-2')}\`) and so on, until a strategy that was VALID is SATURATED. Then give ` +
    `both results: \`npx shardlab grow ${file} --from run-1/result.json --from ` +
    'run-2/result.json`. If you know the capacity of a shard, give --capacity instead.'
  );
}

/** How much more than an even share the fullest present shard does, by strategy. */
function balances(shards: number, all: readonly Weighed[]): string[] {
  const rows = all.flatMap(({ capacity, isPresent }) =>
    isPresent && capacity.strategy !== null ? [capacity] : [],
  );
  if (rows.length === 0) return [];
  const each = rows.map((row) => `${row.strategy ?? ''} ${unevenness(row).toFixed(2)}`);
  return [
    `Work of the fullest of ${shardsText(shards)}, as a multiple of its work if all shards had the ` +
      `same work: ${each.join(', ')}.`,
  ];
}

function unevenness({ hottest: { keyedWork, evenKeyedWork, scatterWork } }: CapacityRow): number {
  return (keyedWork + scatterWork) / (evenKeyedWork + scatterWork);
}

/** Plans that are no good whatever a shard takes. */
function ruledOut(all: readonly Weighed[]): string[] {
  const meanings = [
    ['wrong', 'they more than triple the bill but do not double the capacity'],
    ['no gain', 'they can carry almost no more than the present shards'],
    ['dear', 'a unit of capacity costs more than twice what it does today'],
  ] as const satisfies readonly (readonly [CostRow['verdict']['status'], string])[];
  return meanings.flatMap(([status, meaning]) => {
    const own = all.filter(({ cost }) => cost.verdict.status === status);
    if (own.length === 0) return [];
    const byCount = Map.groupBy(own, ({ capacity }) => capacity.shardCount);
    const plans = [...byCount].map(([count, some]) => {
      const names = some.map(({ capacity }) => capacity.strategy ?? 'unsharded');
      return `${shardsText(count)} with ${names.join(', ')}`;
    });
    return [
      `With any capacity of a shard, these plans are "${status}", because ${meaning}: ${plans.join('; ')}.`,
    ];
  });
}
