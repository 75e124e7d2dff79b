import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { type NextStep, nextStep, type SearchEnd } from '../../growth/capacity/capacity-search.ts';
import { judgedWindow } from '../../growth/capacity/judged-window.ts';
import { measuredStep } from '../../growth/capacity/measured-step.ts';
import type { SearchBounds, SearchStep } from '../../growth/capacity/search-step.ts';
import { windowMs } from '../../growth/capacity/step-window.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import type { CapacityStep, ObjectiveValue } from '../../result/capacity-step.ts';
import type { Unworded } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import { phaseMetrics } from '../../simulate/extrapolation.ts';
import { knownFacts } from '../../traffic/known-facts.ts';
import { worded } from '../../wording/worded.ts';
import { documentCell } from '../cells/cell-outcome.ts';
import type { CellPhase } from '../cells/cell-phases.ts';
import type { CellRouting } from '../cells/cell-routing.ts';
import type { CellRunner } from '../cells/cell-runner.ts';
import type { CellSpec } from '../cells/cell-specs.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CapacityChoices } from './capacity-choices.ts';
import { StepPhases } from './step-phases.ts';

/** One strategy whose turn it is. */
export interface SearchedStrategy {
  readonly loaded: LoadedScenario;
  readonly choices: CapacityChoices;
  readonly spec: CellSpec;
  readonly routing: CellRouting;
  /** Whether the shards have something that could be cold. */
  readonly warmsUp: boolean;
  /** Which rate comes next; absent: as the search has it. A bench tries rates of its own. */
  readonly next?: (steps: readonly SearchStep[], bounds: SearchBounds) => NextStep;
  readonly signal: AbortSignal;
  /** Throws where numbers are the machine's, not the strategy's. */
  readonly accept: (cell: Cell) => void;
  /** Called before each stage with what comes: `load`, `warm-up`, or a rate to try. */
  readonly entered: (stage: StrategyStage, steps: readonly CapacityStep[]) => void;
  /** Called after each step with all so far: writes the document. */
  readonly stepped: (steps: readonly CapacityStep[]) => Promise<void>;
}

export type StrategyStage =
  | 'load'
  | 'placing tenants'
  | 'warm-up'
  | Extract<NextStep, { kind: 'try' }>;

/** Windows of a strategy that may be left out: on a machine that is never quiet none would do. */
const spoiltMax = 6;

/**
 * Searches the largest rate of one strategy: its shards are prepared once, and every step goes on
 * from what the one before has left.
 */
export async function searchStrategy(
  search: SearchedStrategy,
  runner: CellRunner,
): Promise<SearchEnd> {
  const { loaded, choices, spec, routing, signal, entered } = search;
  const { bounds, needed } = choices;
  const { workload, scenario } = loaded;
  const phases = new StepPhases(workload, signal);
  const warmup = await phases.warmUp(bounds.startPerSecond / 2);
  const first: CellPhase = { phase: warmup, title: 'warm-up', routing, measured: false };
  entered('load', []);
  await runner.prepare({ spec, routing, phases: [first] });
  if (search.warmsUp && warmup.durationMs > 0) {
    signal.throwIfAborted();
    entered('warm-up', []);
    await runner.run(first);
  }
  const steps: CapacityStep[] = [];
  for (;;) {
    const searched = steps.map(({ rateQps, outcome, isClear }) => ({
      ratePerSecond: rateQps,
      outcome,
      isClear,
    }));
    const next = (search.next ?? nextStep)(searched, bounds);
    if (next.kind === 'end') return next.end;
    signal.throwIfAborted();
    entered(next, steps);
    const { ratePerSecond, purpose } = next;
    const durationMs = windowMs(ratePerSecond, scenario.durationMs, needed);
    // oxlint-disable-next-line no-await-in-loop -- the next rate follows from this one
    const phase = await phases.step(ratePerSecond, durationMs);
    const startedAt = new Date();
    const title = `${ratePerSecond}/s`;
    // oxlint-disable-next-line no-await-in-loop -- steps would disturb each other
    const record = await runner.run({ phase, title, routing, measured: true });
    const cell = cellOfStep(search, { phase, title, routing, measured: true }, record, startedAt);
    search.accept(cell);
    const window = { cell, rateQps: ratePerSecond, purpose, durationMs };
    const spoilt = steps.filter(({ outcome }) => outcome === 'spoilt').length;
    steps.push(stepOf(window, choices.objectives, spoilt < spoiltMax));
    // oxlint-disable-next-line no-await-in-loop -- what was measured is kept before the next
    await search.stepped(steps);
  }
}

/** The window as a run has it, but for what is known only after the last one. */
function cellOfStep(
  { loaded, spec }: SearchedStrategy,
  { phase, routing }: CellPhase,
  record: PhaseRecord,
  startedAt: Date,
): Cell {
  const metrics = phaseMetrics(record, knownFacts({ ...loaded, phase }, routing));
  const outcome = {
    ...metrics,
    status: 'ok',
    notes: [],
    server: record.server,
    wal: null,
    lookup: null,
    topKeyShare: routing.topKeyShare,
  } as const;
  return documentCell({ spec, startedAt, attempt: 1, outcome }, '');
}

function stepOf(
  window: Omit<Parameters<typeof measuredStep>[0], 'judged'>,
  objectives: readonly Threshold[],
  mayBeSpoilt: boolean,
): CapacityStep {
  const { cell } = window;
  const judged = judgedWindow(cell, objectives, mayBeSpoilt);
  const step = measuredStep({ ...window, judged });
  return {
    ...step,
    verdict: cell.verdict ?? { status: 'VALID', reasons: [] },
    objectives: step.objectives.map(wordedObjective),
  };
}

function wordedObjective({ note, ...value }: Unworded<ObjectiveValue>): ObjectiveValue {
  return { ...value, note: worded(note) };
}
