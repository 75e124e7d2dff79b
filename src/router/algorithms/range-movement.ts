import { present } from '../../base/assert.ts';
import type { ExpectedMovement, RouterTopology } from '../contract.ts';
import { endsOf } from '../expected-movement.ts';

/** A run of rows as shares of all of them, on one shard. */
interface Run {
  readonly shard: number;
  readonly from: number;
  readonly to: number;
}

/** Runs in proportion to the weights, as quantiles cut them where no key has many rows. */
function quantileRuns({ weights }: RouterTopology): Run[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let at = 0;
  return weights.flatMap((weight, shard) => {
    if (weight === 0) return [];
    const from = at;
    at += weight / total;
    return [{ shard, from, to: at }];
  });
}

/** What runs of gone shards leave goes to the run before them, the first one's to the run after. */
function mergeGone(runs: readonly Run[], isGone: (shard: number) => boolean): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (!isGone(run.shard)) kept.push(last === undefined ? { ...run, from: 0 } : run);
    else if (last !== undefined) kept[kept.length - 1] = { ...last, to: run.to };
  }
  return kept;
}

/** Cuts the heaviest run for its weight in two, in proportion to the weights. */
function splitHeaviest(runs: Run[], weights: readonly number[], shard: number): void {
  const loadOf = ({ shard: owner, from, to }: Run): number => (to - from) / (weights[owner] ?? 1);
  let heaviest = 0;
  for (const [index, run] of runs.entries()) {
    // The first of several that are equal but for rounding.
    if (loadOf(run) > loadOf(present(runs[heaviest], 'run')) * (1 + 1e-12)) heaviest = index;
  }
  const run = present(runs[heaviest], 'heaviest run');
  const staying = weights[run.shard] ?? 0;
  const part = staying / (staying + (weights[shard] ?? 0));
  const cut = run.from + (run.to - run.from) * part;
  runs.splice(heaviest, 1, { ...run, to: cut }, { shard, from: cut, to: run.to });
}

function grow(runs: readonly Run[], before: RouterTopology, after: RouterTopology): Run[] {
  const isGone = (shard: number): boolean => (after.weights[shard] ?? 0) === 0;
  const grown = mergeGone(runs, isGone);
  for (let shard = before.shardCount; shard < after.shardCount; shard += 1) {
    if (!isGone(shard)) splitHeaviest(grown, after.weights, shard);
  }
  return grown;
}

/** Share of the rows whose shard is the same in both; both are ascending and cover all rows. */
function stayingShare(before: readonly Run[], after: readonly Run[]): number {
  let staying = 0;
  let next = 0;
  for (const run of before) {
    while (next > 0 && (after[next]?.from ?? 0) > run.from) next -= 1;
    for (; next < after.length; next += 1) {
      const other = present(after[next], 'run');
      if (other.from >= run.to) break;
      const shared = Math.min(run.to, other.to) - Math.max(run.from, other.from);
      if (other.shard === run.shard) staying += Math.max(0, shared);
    }
  }
  return staying;
}

/** Splitting costs more than a few of these the square of the shards. */
const shardsFollowed = 4096;

/**
 * Ranges that are split in two at their median: the first n of n equal ones move 1 / (2n) each.
 * Followed along the path, as what is heaviest depends on what was split before. Of rows, and up to
 * the rows of one key at each bound.
 */
export function rangeMovement(
  path: readonly RouterTopology[],
  from: number,
): ExpectedMovement | null {
  const { before, after } = endsOf(path, from);
  if (Math.max(...path.map(({ shardCount }) => shardCount)) > shardsFollowed) return null;
  const first = present(path[0], 'first topology');
  let runs = quantileRuns(first);
  let start = runs;
  for (const [step, topology] of path.entries()) {
    if (step > 0) runs = grow(runs, path[step - 1] ?? first, topology);
    if (runs.length === 0) return null;
    if (step === from) start = runs;
  }
  const isFresh = from === 0 && after.shardCount > before.shardCount;
  return {
    meanFraction: Math.max(0, 1 - stayingShare(start, runs)),
    sdFraction: 0,
    of: 'rows',
    formula: isFresh ? '1 / (2n) for each range split' : 'the ranges that are split or merged',
  };
}
