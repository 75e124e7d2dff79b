import { findings as findFindings } from '../metrics/findings.ts';
import type { Cell, RunResult } from '../result/types.ts';
import type { CellSpec } from './cells.ts';
import type { LoadedScenario } from './load-scenario.ts';
import type { MeasuredCell } from './measure-cell.ts';

/** Everything of a result that is known before the first cell. */
export type RunHead = Omit<RunResult, 'cells' | 'findings' | 'window'>;

export interface FinishedCell {
  readonly spec: CellSpec;
  readonly cell: Cell;
  readonly topKeyShare: number | null;
}

const nothingMeasured = {
  error: null,
  notes: [],
  verdict: null,
  load: null,
  generator: null,
  overall: null,
  shards: [],
  operations: [],
  imbalance: null,
  fanOut: null,
  alarms: [],
  server: null,
} satisfies Partial<Cell>;

/** A cell of the result, measured or not. */
export function finishedCell(
  spec: CellSpec,
  startedAt: Date,
  outcome:
    | { readonly status: 'ok'; readonly measured: MeasuredCell }
    | { readonly status: 'failed' | 'interrupted'; readonly error: string },
): FinishedCell {
  const { strategy } = spec;
  const base = {
    ...nothingMeasured,
    strategy: spec.name,
    shardKey: strategy?.key ?? null,
    router: routerName(spec),
    hash: strategy?.hash ?? null,
    shardCount: spec.shardCount,
    startedAt: startedAt.toISOString(),
  };
  if (outcome.status === 'ok') {
    const { cell, topKeyShare } = outcome.measured;
    return { spec, cell: { ...base, ...cell, status: 'ok' }, topKeyShare };
  }
  const { status, error } = outcome;
  return { spec, cell: { ...base, status, error }, topKeyShare: null };
}

function routerName({ strategy }: CellSpec): string | null {
  if (strategy === null) return null;
  return strategy.parameter === null ? strategy.router : `${strategy.router}:${strategy.parameter}`;
}

/** The document as it stands after the cells finished so far, in the scenario's order. */
export function runResult(
  head: RunHead,
  loaded: LoadedScenario,
  order: readonly CellSpec[],
  finished: readonly FinishedCell[],
  specs: readonly CellSpec[],
): RunResult {
  const { scenario } = loaded;
  const inOrder = specs.flatMap((spec) => finished.filter((each) => each.spec === spec));
  return {
    ...head,
    window: {
      durationMs: scenario.durationMs,
      warmupMs: scenario.warmupMs,
      cellOrder: order.map(({ name }) => name),
    },
    findings: findFindings(inOrder.flatMap((each) => findingFacts(each, loaded))),
    cells: inOrder.map(({ cell }) => cell),
  };
}

function findingFacts(
  { spec, cell, topKeyShare }: FinishedCell,
  { scenario }: LoadedScenario,
): Parameters<typeof findFindings>[0][number][] {
  const { strategy } = spec;
  if (strategy === null || cell.imbalance === null || cell.fanOut === null) return [];
  const column = scenario.schema.columns.find(({ name }) => name === strategy.key);
  return [
    {
      strategy: spec.name,
      shardKey: strategy.key,
      keyedByTenant: column?.generator.kind === 'tenant',
      shardCount: spec.shardCount,
      topKeyShare,
      tenantFloor: cell.imbalance.writeQps.tenantFloor,
      writes: cell.shards.map(({ writesSent }) => writesSent),
      band: cell.imbalance.writeQps.band,
      scatterFraction: cell.fanOut.scatterFraction,
      crossShardWrites: cell.fanOut.crossShardWrites,
    },
  ];
}
