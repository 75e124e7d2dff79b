import type { StrategyFacts } from '../../metrics/findings.ts';
import type { Strategy } from '../../scenario/types.ts';
import { isTenantKey } from '../../workload/tenant-key.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { FinishedCell, MeasuredCell } from './cell-outcome.ts';
import { type CellSpec, cellTitle } from './cell-specs.ts';

/** What findings are drawn from of a cell; empty where nothing was measured or routed. */
export function strategyFacts(
  { spec, outcome }: FinishedCell,
  place: string,
  specs: readonly CellSpec[],
  { workload }: LoadedScenario,
): StrategyFacts[] {
  const { strategy } = spec;
  if (strategy === null || outcome.status !== 'ok') return [];
  const { topKeyShare, imbalance, fanOut, shards, tenantClasses = [] } = outcome;
  return [
    {
      strategy: cellTitle(spec, specs),
      place,
      shardKey: strategy.key,
      keyedByTenant: isTenantKey(workload, strategy.key),
      shardCount: spec.shardCount,
      topKeyShare,
      tenantFloor: imbalance.writeQps.tenantFloor,
      writes: shards.map(({ writesSent }) => writesSent),
      band: imbalance.writeQps.band,
      scatterFraction: fanOut.scatterFraction,
      crossShardWrites: fanOut.crossShardWrites,
      crossShard: workload.tables === undefined ? null : crossShardOf(fanOut),
      shardQueriesPerOperation: fanOut.shardQueriesPerOperation,
      tenantClasses,
      overlay: overlayOf(spec, strategy, specs),
    },
  ];
}

function crossShardOf({ crossShardFraction = 0, crossShard }: MeasuredCell['fanOut']) {
  return { fraction: crossShardFraction, shardsTouched: crossShard?.shardsTouched ?? null };
}

/** What a strategy lays over its router, and the strategy that does without. */
function overlayOf(
  { shardCount }: CellSpec,
  strategy: Strategy,
  specs: readonly CellSpec[],
): StrategyFacts['overlay'] {
  const { pin, split } = strategy;
  if (pin === undefined && split === undefined) return null;
  const bare = ({ key, router, parameter, hash, salt, settings, lookup }: Strategy): string =>
    JSON.stringify([key, router, parameter, hash, salt, settings, lookup]);
  const plain = specs.find(
    (other) =>
      other.shardCount === shardCount &&
      other.strategy !== null &&
      !other.strategy.pin &&
      !other.strategy.split &&
      bare(other.strategy) === bare(strategy),
  );
  return {
    split: split === undefined ? null : { by: split.by, over: split.over },
    plain: plain === undefined ? null : cellTitle(plain, specs),
  };
}
