import { searchLength } from '../../growth/capacity/search-length.ts';
import { cellSpecs, cellTitle } from '../cells/cell-specs.ts';
import { simulatedEnvironment } from '../simulate/simulate.ts';
import { SimulatedCellRunner } from '../simulate/simulated-cell-runner.ts';
import type { CapacityOutcome } from './capacity-result.ts';
import type { CapacityOptions } from './measure-capacity.ts';
import { searchedStrategies } from './searched-strategies.ts';
import { showStage, stageText } from './step-progress.ts';

/** The same search in virtual time, one strategy after the other. */
export async function simulateCapacity(options: CapacityOptions): Promise<CapacityOutcome> {
  const { loaded, choices, command, progress, signal } = options;
  const specs = cellSpecs(loaded.scenario);
  const { usual } = searchLength(choices.bounds);
  const startedMs = performance.now();
  return searchedStrategies({
    ...options,
    specs,
    order: specs,
    about: {
      source: 'simulated',
      command,
      startedAt: new Date().toISOString(),
      environment: await simulatedEnvironment(loaded.scenario, []),
    },
    warmsUp: false,
    runner: () => new SimulatedCellRunner(loaded, () => signal.throwIfAborted()),
    accept: () => undefined,
    entered: ({ spec, index }, stage, steps) => {
      const shown = { title: cellTitle(spec, specs), index, count: specs.length };
      const done = index + Math.min(0.9, steps.length / usual);
      const passedMs = performance.now() - startedMs;
      const wholeMs = done === 0 ? 0 : (passedMs / done) * specs.length;
      const text = stageText(shown, stage === 'load' ? 'placing tenants' : stage, steps);
      if (wholeMs > 0) showStage(progress, text, { doneMs: passedMs, wholeMs });
      else progress.stage(text, 0, 0);
    },
  });
}
