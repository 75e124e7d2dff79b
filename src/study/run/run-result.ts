import { type ExitCode, exitCodes, UserError } from '../../base/user-error.ts';
import { withMeasuredCosts } from '../../growth/measured-costs.ts';
import { modelledCosts } from '../../simulate/modelled-costs.ts';
import { findings as findFindings } from '../../metrics/findings.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import { withWork } from './cell-work.ts';
import { type CellSpec, cellTitle } from './cells.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { MeasuredCell } from './measure-cell.ts';

/** Everything of a result that is known before the first cell. */
export type RunHead = Omit<RunResult, 'cells' | 'findings' | 'window'>;

/** What the scenario and its workload say of the head; the rest is of the machine. */
export function runHead(
  { scenario, workload, plan }: LoadedScenario,
  how: Pick<RunHead, 'source' | 'command' | 'environment'>,
): RunHead {
  return {
    schema: 'shardlab/result/v1',
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    arrivalsDigest: plan.digest,
    startedAt: new Date().toISOString(),
    ...how,
    tenants: { count: workload.tenants.count, asked: plan.asked, achieved: plan.achieved },
    scenario: publicScenario(scenario),
  };
}

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
  const result = {
    ...head,
    window: {
      durationMs: scenario.durationMs,
      warmupMs: scenario.warmupMs,
      cellOrder: order.map((spec) => cellTitle(spec, order)),
    },
    findings: findFindings(inOrder.flatMap((each) => findingFacts(each, specs, loaded))),
    cells: inOrder.map(({ cell }) => cell),
  };
  // One list of costs for all cells, or they could not be compared.
  const costs =
    head.source === 'simulated'
      ? modelledCosts(scenario, loaded.workload)
      : withMeasuredCosts(scenario, result).capacity.operations;
  const cells = inOrder.map(({ spec, cell }) => withWork(spec, cell, loaded, costs));
  return { ...result, cells };
}

function findingFacts(
  { spec, cell, topKeyShare }: FinishedCell,
  specs: readonly CellSpec[],
  { scenario }: LoadedScenario,
): Parameters<typeof findFindings>[0][number][] {
  const { strategy } = spec;
  if (strategy === null || cell.imbalance === null || cell.fanOut === null) return [];
  const column = scenario.schema.columns.find(({ name }) => name === strategy.key);
  return [
    {
      strategy: cellTitle(spec, specs),
      shardKey: strategy.key,
      keyedByTenant: column?.generator.kind === 'tenant',
      shardCount: spec.shardCount,
      topKeyShare,
      tenantFloor: cell.imbalance.writeQps.tenantFloor,
      writes: cell.shards.map(({ writesSent }) => writesSent),
      band: cell.imbalance.writeQps.band,
      scatterFraction: cell.fanOut.scatterFraction,
      crossShardWrites: cell.fanOut.crossShardWrites,
      shardQueriesPerOperation: cell.fanOut.shardQueriesPerOperation,
      overlay: overlayOf(spec, strategy, specs),
    },
  ];
}

type Facts = Parameters<typeof findFindings>[0][number];

/** What a strategy lays over its router, and the strategy that does without. */
function overlayOf(
  { shardCount }: CellSpec,
  strategy: Strategy,
  specs: readonly CellSpec[],
): Facts['overlay'] {
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

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Of a run that has ended, early or not. */
export function exitCodeOf(result: RunResult, problem: unknown, signal: AbortSignal): ExitCode {
  if (signal.aborted) {
    return signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  }
  if (problem !== null) {
    return problem instanceof UserError ? problem.exitCode : exitCodes.unusable;
  }
  const valid = result.cells.every(({ verdict }) => verdict?.status === 'VALID');
  return valid ? exitCodes.ok : exitCodes.invalid;
}

/** Without the URLs of the user's shards, which may hold passwords. */
export function publicScenario(scenario: Scenario): RunResult['scenario'] {
  const { topology } = scenario;
  const hidden = { ...topology, urls: topology.urls.map(() => 'not shown') };
  return structuredClone({ ...scenario, topology: hidden }) as unknown as RunResult['scenario'];
}

export interface RunOutcome {
  readonly result: RunResult;
  readonly exitCode: ExitCode;
  /** Why the run ended early; null when it did not. */
  readonly problem: unknown;
}
