import { present } from '../../base/assert.ts';
import type { KeyedRouter, Layout, StatementRoute } from '../../scenario/layout-types.ts';
import type { Script } from '../../scenario/table-types.ts';
import type { ArrivalRows } from '../arrival-rows.ts';
import type { Workload } from '../types.ts';
import { KeyReader, type StatementKey } from './statement-keys.ts';

/** How the shards of a statement are found in an arrival. */
export type StatementWay =
  | { readonly to: 'keys'; readonly router: KeyedRouter; readonly keys: readonly StatementKey[] }
  | {
      readonly to: 'range';
      readonly router: KeyedRouter;
      readonly low: StatementKey;
      readonly high: StatementKey;
    }
  | { readonly to: 'all' | 'any' | 'home' | 'nowhere' };

/** What runs of an operation under a layout. */
export interface ScriptWays {
  readonly script: Script;
  /** Whether it is the operation's way round. */
  readonly instead: boolean;
  /** By statement. */
  readonly statements: readonly StatementWay[];
  readonly locks: readonly boolean[];
}

/** By operation; null where the layout cannot run it. The keys are of what `rows` has open. */
export function scriptWays(
  workload: Workload,
  layout: Layout,
  rows: ArrivalRows,
): (ScriptWays | null)[] {
  return workload.operations.map((operation, index) => {
    const { runs, statements } = present(layout.operations[index], 'layout of an operation');
    if (runs === 'none') return null;
    const instead = runs === 'instead';
    const script = present(instead ? operation.instead : operation.script, 'script');
    const reader = new KeyReader(workload, layout, rows, script);
    return {
      script,
      instead,
      statements: statements.map(({ route }, statement) => wayOf(reader, route, statement)),
      locks: statements.map(({ locks }) => locks),
    };
  });
}

function wayOf(reader: KeyReader, route: StatementRoute, statement: number): StatementWay {
  if (route.to === 'keys') {
    const keys = route.keys.map(({ values }) => reader.keyOf(route.router, values, statement));
    const known = keys.filter((key) => key !== null);
    // Of a value that only an earlier answer has, no shard follows.
    return known.length < keys.length
      ? { to: 'all' }
      : { to: 'keys', router: route.router, keys: known };
  }
  if (route.to === 'range') {
    const low = reader.keyOf(route.router, [route.low], statement);
    const high = reader.keyOf(route.router, [route.high], statement);
    if (low === null || high === null) return { to: 'all' };
    return { to: 'range', router: route.router, low, high };
  }
  return route;
}

/** Bytes of the longest key that any of the statements binds. */
export function longestKey(operations: readonly (ScriptWays | null)[]): number {
  const keysOf = (way: StatementWay): readonly StatementKey[] => {
    if (way.to === 'keys') return way.keys;
    return way.to === 'range' ? [way.low, way.high] : [];
  };
  const keys = operations.flatMap((ways) => ways?.statements.flatMap(keysOf) ?? []);
  return keys.reduce((longest, { maxBytes }) => Math.max(longest, maxBytes), 0);
}
