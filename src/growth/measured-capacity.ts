import { present } from '../base/assert.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { canonicalJson, differingParts } from './same-scenario.ts';
import { fact } from '../result/finding.ts';
import type { Scenario } from '../scenario/types.ts';
import type { RateBounds, StatedCapacity } from './database-capacity.ts';
import { mixOf, type OperationWork } from './demand.ts';
import type { SeenCell, SeenResult } from './seen-result.ts';

/** A result with its name, for messages. */
export interface ResultFile {
  readonly result: SeenResult;
  readonly file: string;
}

/** A cell that says something about capacity: the load it got, and what its busiest shard did. */
interface Seen {
  readonly cell: SeenCell;
  readonly file: string;
  readonly source: SeenResult['source'];
  /** What the rate of a search held; absent: a run, which is judged by its verdict. */
  readonly objective?: string;
  /** Cells of one placement of the keys: only these can be compared by their rates. */
  readonly placement: string;
  readonly offeredQps: number;
  readonly shard: number;
  readonly work: number;
}

/**
 * What a database has been seen to take, by the results of one scenario at one or several rates:
 * the most work that a shard did in a VALID cell. Where the same strategy was SATURATED at a higher
 * rate the capacity lies between; where it was not, the work is a lower bound only. Cells on one
 * shard say what the instance takes, all others what a shard does.
 *
 * @throws UserError (exit code 2) for a result of another scenario, or without any VALID cell
 */
export function measuredCapacity(
  results: readonly ResultFile[],
  scenario: Scenario,
): StatedCapacity {
  for (const { result, file } of results) refuseOtherScenario(result, file, scenario);
  const mix = mixOf(scenario.operations, scenario.capacity.operations, null);
  const seen = results.flatMap((each) =>
    each.result.cells.flatMap((cell) => seenIn(each, cell, mix)),
  );
  const shards = boundsOf(seen.filter(({ cell }) => cell.shardCount > 1));
  const alone = boundsOf(seen.filter(({ cell }) => cell.shardCount === 1));
  if (shards === null && alone === null) throw nothingValid(results);
  const [ofShard, ofInstance] = [
    shards === null ? null : seenFacts('shard', shards),
    alone === null ? null : seenFacts('instance', alone),
  ];
  return {
    shard: shards?.bounds ?? null,
    instance: alone?.bounds ?? null,
    source: 'measured',
    basis: fact('capacity-measured', {
      numbers: { ...ofShard?.numbers, ...ofInstance?.numbers },
      names: { ...ofShard?.names, ...ofInstance?.names },
    }),
  };
}

function seenIn(
  { result, file }: ResultFile,
  cell: SeenCell,
  mix: readonly OperationWork[],
): Seen[] {
  if (cell.status !== 'ok' || cell.load === null) return [];
  const work = workByShard(cell, mix);
  const most = Math.max(...work);
  if (!(most > 0)) return [];
  return [
    {
      cell,
      file,
      source: result.source,
      ...(result.objective !== undefined && { objective: result.objective }),
      placement: canonicalJson([cell.strategy, cell.shardCount, cell.hash]),
      offeredQps: cell.load.offeredQps,
      shard: work.indexOf(most),
      work: most,
    },
  ];
}

/** Work a second on each shard, in operations of mean cost. */
function workByShard({ shards }: SeenCell, mix: readonly OperationWork[]): number[] {
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  return shards.map((shard) =>
    shard.byOperation.reduce((sum, { operation, qps }) => {
      const work = mix.find(({ name }) => name === operation);
      if (work === undefined) return sum;
      const part = work.scan && rows > 0 ? shard.rows / rows : 1;
      return sum + qps * work.cost * part;
    }, 0),
  );
}

interface Bounds {
  readonly bounds: RateBounds;
  readonly best: Seen;
  readonly saturated: Seen | null;
}

/** null without a VALID cell. A limit below what a shard was seen to do says nothing about it. */
function boundsOf(seen: readonly Seen[]): Bounds | null {
  const valid = seen.filter(({ cell }) => cell.verdict?.status === 'VALID');
  const [best] = valid.toSorted((a, b) => b.work - a.work);
  if (best === undefined) return null;
  const brackets = [...Map.groupBy(valid, ({ placement }) => placement).values()].flatMap((own) => {
    const highest = present(own.toSorted((a, b) => b.offeredQps - a.offeredQps)[0], 'VALID cell');
    return seen
      .filter(
        ({ cell, placement, offeredQps }) =>
          cell.verdict?.status === 'SATURATED' &&
          placement === highest.placement &&
          offeredQps > highest.offeredQps,
      )
      .map((saturated) => {
        // The same placement: every shard's part of the load is the same at both rates.
        return { saturated, high: (highest.work * saturated.offeredQps) / highest.offeredQps };
      });
  });
  const [nearest] = brackets
    .filter(({ high }) => high >= best.work)
    .toSorted((a, b) => a.high - b.high);
  return {
    bounds: { low: best.work, high: nearest?.high ?? null },
    best,
    saturated: nearest?.saturated ?? null,
  };
}

/** What was seen of a shard, or of the instance: each number and name begins with which. */
function seenFacts(of: 'shard' | 'instance', { bounds, best, saturated }: Bounds) {
  return {
    numbers: {
      [`${of}Qps`]: bounds.low,
      [`${of}At`]: best.shard,
      [`${of}QpsBelow`]: bounds.high,
      [`${of}SaturatedQps`]: saturated?.offeredQps,
    },
    names: {
      [`${of}Source`]: best.source,
      [`${of}File`]: best.file,
      [`${of}Strategy`]: best.cell.strategy,
      [`${of}Objective`]: best.objective,
      [`${of}SaturatedStrategy`]: saturated?.cell.strategy,
      [`${of}SaturatedFile`]: saturated?.file,
      [`${of}SaturatedObjective`]: saturated?.objective,
    },
  };
}

function nothingValid(results: readonly ResultFile[]): UserError {
  const found = results.flatMap(({ result }) =>
    result.cells.map(({ strategy, status, verdict }) => `${strategy} ${verdict?.status ?? status}`),
  );
  const files = results.map(({ file }) => file).join(', ');
  const verb = results.length === 1 ? 'has' : 'have';
  return new UserError(
    `${files} ${verb} no VALID cell, so the capacity of a shard is not known ` +
      `(${found.join(', ')})`,
    {
      exitCode: exitCodes.usage,
      hint:
        'Run the scenario at a rate that its shards can carry and give both results with --from, ' +
        'or give the capacity of a shard with --capacity.',
    },
  );
}

function refuseOtherScenario(result: SeenResult, file: string, scenario: Scenario): void {
  const differing = differingParts(result, scenario);
  if (differing.length === 0) return;
  throw new UserError(
    `${file} is a result of another scenario (${result.name}, not ${scenario.name}, or another ` +
      `version of it): ${differing.join(', ')} ${differing.length === 1 ? 'differs' : 'differ'}`,
    {
      exitCode: exitCodes.usage,
      hint: 'Give a result of this scenario, or give the capacity of a shard with --capacity.',
    },
  );
}
