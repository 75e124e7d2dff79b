import { present } from '../../base/assert.ts';
import { type ExitCode, exitCodes, UserError } from '../../base/user-error.ts';
import { withMeasuredCosts } from '../../growth/measured-costs.ts';
import { modelledCosts } from '../../simulate/modelled-costs.ts';
import { findings as findFindings } from '../../metrics/findings.ts';
import type { RunResult } from '../../result/types.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import { worded } from '../../wording/worded.ts';
import { cellPlace, documentCell, type FinishedCell } from './cell-outcome.ts';
import { type CellSpec, cellTitle } from './cell-specs.ts';
import type { CellsWork } from './cells-work.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** Everything of a result that is known before the first cell. */
export type RunHead = Omit<RunResult, 'cells' | 'findings' | 'window'>;

/** What the scenario and its workload say of the head; the rest is of the machine. */
export function runHead(
  { scenario, workload, plan }: LoadedScenario,
  how: Pick<RunHead, 'source' | 'command' | 'environment'>,
): RunHead {
  return {
    schema: 'shardlab/result/v2',
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

/** What the document of a study is made from, beside its cells. */
export interface ResultParts {
  readonly head: RunHead;
  readonly loaded: LoadedScenario;
  /** The cells in the order of the document, and in that of their turns. */
  readonly specs: readonly CellSpec[];
  readonly order: readonly CellSpec[];
}

/** The document as it stands after the cells finished so far, in the scenario's order. */
export function runResult(
  { head, loaded, specs, order }: ResultParts,
  work: CellsWork,
  finished: readonly FinishedCell[],
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
    findings: findFindings(
      inOrder.flatMap((each, index) => findingFacts(each, cellPlace(index), specs, loaded)),
    ).map(worded),
    cells: inOrder.map((each, index) => documentCell(each, cellPlace(index))),
  };
  // One list of costs for all cells, or they could not be compared.
  const costs =
    head.source === 'simulated'
      ? modelledCosts(scenario, loaded.workload)
      : withMeasuredCosts(scenario, result).capacity.operations;
  const cells = result.cells.map((cell, index) =>
    work.added(present(inOrder[index], 'cell').spec, cell, costs),
  );
  return { ...result, cells };
}

function findingFacts(
  { spec, outcome }: FinishedCell,
  place: string,
  specs: readonly CellSpec[],
  { scenario }: LoadedScenario,
): Parameters<typeof findFindings>[0][number][] {
  const { strategy } = spec;
  if (strategy === null || outcome.status !== 'ok') return [];
  const { topKeyShare, imbalance, fanOut, shards } = outcome;
  const column = scenario.schema.columns.find(({ name }) => name === strategy.key);
  return [
    {
      strategy: cellTitle(spec, specs),
      place,
      shardKey: strategy.key,
      keyedByTenant: column?.generator.kind === 'tenant',
      shardCount: spec.shardCount,
      topKeyShare,
      tenantFloor: imbalance.writeQps.tenantFloor,
      writes: shards.map(({ writesSent }) => writesSent),
      band: imbalance.writeQps.band,
      scatterFraction: fanOut.scatterFraction,
      crossShardWrites: fanOut.crossShardWrites,
      shardQueriesPerOperation: fanOut.shardQueriesPerOperation,
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
