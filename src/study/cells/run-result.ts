import { present } from '../../base/assert.ts';
import { withMeasuredCosts } from '../../growth/measured-costs.ts';
import { modelledCosts } from '../../simulate/modelled-costs.ts';
import { type JudgedThreshold, judgedThresholds } from '../../gate/thresholds/judged-thresholds.ts';
import { findings } from '../../metrics/findings.ts';
import type { ThresholdResult } from '../../result/threshold-result.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { worded } from '../../wording/worded.ts';
import { cellPlace, documentCell, type FinishedCell } from './cell-outcome.ts';
import { type CellSpec, cellTitle } from './cell-specs.ts';
import type { CellsWork } from './cells-work.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { RunHead } from './run-head.ts';
import { comparedCells } from './run-comparison.ts';
import { strategyFacts } from './strategy-facts.ts';

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
  spoilt: readonly FinishedCell[] = [],
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
    findings: findings(
      inOrder.flatMap((each, index) => strategyFacts(each, cellPlace(index), specs, loaded)),
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
  return {
    ...result,
    ...comparedCells(cells),
    ...(spoilt.length > 0 && {
      spoilt: spoilt.map((each, index) => documentCell(each, `/spoilt/${index}`)),
    }),
    ...thresholdsOfRun({ loaded, specs }, cells, inOrder),
  };
}

/** The limits of the scenario for each of its cells, those whose turn has not come among them. */
function thresholdsOfRun(
  { loaded: { scenario }, specs }: Pick<ResultParts, 'loaded' | 'specs'>,
  cells: readonly Cell[],
  finished: readonly FinishedCell[],
): Pick<RunResult, 'thresholds'> {
  const { thresholds } = scenario;
  if (thresholds === undefined) return {};
  const planned = specs.map((spec) => {
    const place = finished.findIndex((each) => each.spec === spec);
    const outcome = finished[place]?.outcome;
    const limit = outcome?.status === 'failed' ? outcome.limit : undefined;
    const cell = cells[place] ?? null;
    return { strategy: spec.name, shardCount: spec.shardCount, cell, ended: limit ?? null };
  });
  return { thresholds: judgedThresholds(thresholds, planned).map(wordedThreshold) };
}

function wordedThreshold({ note, ...judged }: JudgedThreshold, index: number): ThresholdResult {
  return { ...judged, note: worded({ ...note, place: `/thresholds/${index}` }) };
}
