import type { KeyedRouter } from '../../scenario/layout-types.ts';

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

/** A shard key that a statement binds, in the arrival for which the rows are open. */
export interface StatementKey {
  readonly maxBytes: number;
  /** Values of it: 1, or those of a list. */
  count(): number;
  /**
   * Encodes value number `index` in a repetition of the statement's group; returns the length, 0
   * where there is no row that it could be of.
   */
  write(repetition: number, index: number, out: Uint8Array): number;
}

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
    const reader = new KeyReader(workload, layout, rows, { operation: index, instead, script });
    return {
      script,
      instead,
      statements: statements.map(({ route }, statement) => reader.wayOf(route, statement)),
      locks: statements.map(({ locks }) => locks),
    };
  });
}

/** The script whose keys are read. */
interface ReadScript {
  readonly operation: number;
  readonly instead: boolean;
  readonly script: Script;
}

class KeyReader {
  private readonly workload: Workload;
  private readonly layout: Layout;
  private readonly rows: ArrivalRows;
  private readonly read: ReadScript;

  constructor(workload: Workload, layout: Layout, rows: ArrivalRows, read: ReadScript) {
    this.workload = workload;
    this.layout = layout;
    this.rows = rows;
    this.read = read;
  }

  wayOf(route: StatementRoute, statement: number): StatementWay {
    if (route.to === 'keys') {
      const keys = route.keys.map(({ values }) => this.keyOf(route.router, values, statement));
      const known = keys.filter((key) => key !== null);
      // Of a value that only an earlier answer has, no shard follows.
      return known.length < keys.length
        ? { to: 'all' }
        : { to: 'keys', router: route.router, keys: known };
    }
    if (route.to === 'range') {
      const low = this.keyOf(route.router, [route.low], statement);
      const high = this.keyOf(route.router, [route.high], statement);
      if (low === null || high === null) return { to: 'all' };
      return { to: 'range', router: route.router, low, high };
    }
    return route;
  }
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
