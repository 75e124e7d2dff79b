import { isValid, routedCells, verdictWord } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { listed, percent, rate } from '../../wording/format.ts';
import { fateOf, keyColumns } from '../tables/key-columns.ts';
import { name, namesOf } from '../text.ts';

/** What would make this result another one, from its own numbers; full sentences. */
export function changesOf(result: RunResult): readonly string[] {
  return [
    ...remedies(result),
    ...scatteredOperations(result),
    ...refusedOperations(result),
    ...largestTenant(result),
    ...moreLoad(result),
  ];
}

const remedyOf: Readonly<Record<string, string>> = {
  SATURATED: 'A lower rate, or more shards: above capacity a strategy shows only that it is full',
  FAILING:
    'An operation that succeeds, or whose errors are named by `expect`: failures are no work',
  EMPTY: 'Queries that find rows, or `expect: [empty]`: a query without rows shows no work',
  DRIFTING: 'A longer window, a steady rate, or a machine of its own: the times changed meanwhile',
  EXTRAPOLATED:
    'A second result with --calibrate, on other shards or data: nobody knows what rows change here',
  'GENERATOR-BOUND':
    'A quieter machine, or another machine for the load generator: a large part of the ' +
    'times is its own',
  'TOO-FEW-SAMPLES': 'A longer run or a higher rate: there are too few samples for p99',
  NOISY: 'More repeats, or a quieter machine: the repeats differ more than the strategies',
  FAILED: 'Another run: no numbers were measured',
  INTERRUPTED: 'Another run to its end: the numbers are incomplete',
};

function remedies({ cells }: RunResult): readonly string[] {
  const groups = Map.groupBy(
    cells.filter((cell) => !isValid(cell)),
    verdictWord,
  );
  return [...groups].flatMap(([word, own]) => {
    const remedy = remedyOf[word];
    if (remedy === undefined) return [];
    return [`${remedy} (${namesOf(own.map(({ strategy }) => strategy))}).`];
  });
}

/** Operations that ask all shards, by shard key: those of one key are routed alike. */
function scatteredOperations(result: RunResult): readonly string[] {
  const groups = Map.groupBy(
    routedCells(result).filter(({ shardCount }) => shardCount > 1),
    ({ shardKey }) => shardKey,
  );
  return [...groups].flatMap(([key, [cell]]) => {
    if (key === null || cell === undefined) return [];
    const scattered = scatteredOf(cell);
    if (scattered.length === 0) return [];
    return [
      `Queries that name ${name(key)}: with this shard key ${listed(scattered)} ask all shards; ` +
        'if they named it, they would ask one.',
    ];
  });
}

/** What keeps a part of the workload from running, by shard key. */
function refusedOperations(result: RunResult): readonly string[] {
  return keyColumns(result).flatMap(({ head, cells: [cell] }) => {
    const names = (cell.notRunnable?.operations ?? []).map(({ operation }) => operation);
    if (names.length === 0) return [];
    return [
      `A way round (\`instead\`) for ${namesOf(names)}: with ${head} ` +
        `${names.length === 1 ? 'it cannot' : 'they cannot'} run on shards as written.`,
    ];
  });
}

const operationsShown = 6;

function scatteredOf(cell: Cell): readonly string[] {
  const arrivals = cell.operations.reduce((sum, one) => sum + one.arrivals, 0);
  const scattered = cell.operations
    .filter((one) => fateOf(one) === 'scatter' && one.arrivals > 0)
    .map((one) => `${name(one.operation)} (${percent(one.arrivals / arrivals)} of operations)`);
  const more = scattered.length - operationsShown;
  return more <= 1
    ? scattered
    : [...scattered.slice(0, operationsShown), `${more} more operations`];
}

/** Where the largest tenant exceeds an even share already, the run's findings say so. */
function largestTenant(result: RunResult): readonly string[] {
  const { top1 } = result.tenants.achieved;
  const shards = Math.max(0, ...routedCells(result).map(({ shardCount }) => shardCount));
  if (shards < 2 || top1 === 0 || shards * top1 >= 1) return [];
  return [
    `More than ${Math.floor(1 / top1)} shards: with so many the largest tenant, which ` +
      `has ${percent(top1)} of the load, has more than an even share, and no router can ` +
      'spread one tenant.',
  ];
}

/** How far from capacity the valid cells were. */
function moreLoad({ cells, source }: RunResult): readonly string[] {
  const valid = cells.filter(isValid);
  if (valid.length === 0) return [];
  const offered = Math.max(...valid.map(({ load }) => load?.offeredQps ?? 0));
  const fullest = Math.max(
    0,
    ...valid.flatMap(({ shards }) => shards.map(({ pool }) => pool.fullFraction)),
  );
  return [
    `More load: at ${rate(offered)} operations/s the connections of the busiest shard ` +
      `were all in use for ${percent(fullest)} of the time. What happens near the capacity ` +
      `was not ${source}.`,
  ];
}
