import { inTurns } from '../../host/turns.ts';
import type { RunResult } from '../../result/types.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { FinishedCell } from './cell-outcome.ts';
import type { CellPhase } from './cell-phases.ts';
import { type CellRouting, routingSteps } from './cell-routing.ts';
import type { PlannedCell } from './cell-runner.ts';
import type { CellSpec } from './cell-specs.ts';
import { type CellLoop, eachCell } from './each-cell.ts';
import { CellsWork } from './cells-work.ts';
import { brokenAfter, type LimitBroken } from './limit-broken.ts';
import { PlacedKeys } from './placed-keys.ts';
import { exitCodeOf, type RunOutcome } from './run-outcome.ts';
import { type ResultParts, runResult } from './run-result.ts';

/** The cells of a scenario, and what the document says beside them. */
interface CellsStudy
  extends ResultParts,
    Pick<CellLoop, 'runner' | 'accept' | 'entered' | 'isSpoilt' | 'retries' | 'again'> {
  readonly phases: (loaded: LoadedScenario, routing: CellRouting) => readonly CellPhase[];
  /** Keeps the document as it stands after each cell. */
  readonly keep: (result: RunResult) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Runs the cells, and has the document kept after each. */
export async function documentedCells(study: CellsStudy): Promise<RunOutcome> {
  const { loaded, keep, signal } = study;
  const keys = new PlacedKeys(loaded);
  const work = new CellsWork(loaded, keys);
  const resultOf = (cells: readonly FinishedCell[], spoilt: readonly FinishedCell[]): RunResult =>
    runResult(study, work, cells, spoilt);
  let enough: LimitBroken | null = null;
  const { cells, spoilt, problem } = await eachCell({
    ...study,
    now: () => new Date(),
    plan: (spec) => plannedCell(spec, study, keys),
    finished: async (all, before, last) => {
      const result = resultOf(all, before);
      await keep(result);
      enough = brokenAfter(result, loaded.scenario.thresholds ?? [], last);
    },
    enough: () => enough,
  });
  const result = resultOf(cells, spoilt);
  return { result, exitCode: exitCodeOf(result, problem, signal), problem };
}

async function plannedCell(
  spec: CellSpec,
  { loaded, phases, signal }: CellsStudy,
  keys: PlacedKeys,
): Promise<PlannedCell> {
  const routing = await inTurns(routingSteps(spec, loaded, keys), () => signal.throwIfAborted());
  return { spec, routing, phases: phases(loaded, routing) };
}
