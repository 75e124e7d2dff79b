import type { Fleet, RunningFleet } from '../../fleet/types.ts';
import type { Progress } from '../../host/progress.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import { cellSpecs, cellTitle, shuffled } from '../cells/cell-specs.ts';
import { watchPhases } from '../live/watch-phase.ts';
import { FirstErrors } from '../run/first-errors.ts';
import { fleetRequest } from '../run/fleet-request.ts';
import { MeasuredCellRunner } from '../run/measured-cell-runner.ts';
import { onShards } from '../run/on-shards.ts';
import type { StartedPacer } from '../run/pacer.ts';
import { measuredEnvironment, measuringPorts } from '../run/run.ts';
import { refuseSickShards } from '../run/sick-shards.ts';
import { timeout } from '../../traffic/ends.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CapacityChoices } from './capacity-choices.ts';
import type { CapacityOutcome } from './capacity-result.ts';
import { searchTime } from './search-time.ts';
import type { SearchedStrategy } from './search-strategy.ts';
import { searchedStrategies } from './searched-strategies.ts';
import { showStage, stageText } from './step-progress.ts';

export interface CapacityOptions extends Pick<SearchedStrategy, 'next'> {
  readonly loaded: LoadedScenario;
  readonly choices: CapacityChoices;
  /** Keeps the document as it stands after each step. */
  readonly keep: (document: CapacityDocument) => Promise<void>;
  /** The command that repeats this search. */
  readonly command: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** In which order strategies have their turns; absent: drawn from the seed. */
  readonly turns?: typeof shuffled;
}

/** Searches on real shards, one strategy after the other. */
export async function measureCapacity(
  fleet: Fleet,
  options: CapacityOptions,
): Promise<CapacityOutcome> {
  const { loaded, progress, signal, choices } = options;
  const { scenario } = loaded;
  const specs = cellSpecs(scenario);
  const request = fleetRequest(scenario, specs, fleet.name);
  const { usualMs } = searchTime(scenario, specs, choices);
  const wanted = { loaded, fleet, request, progress, signal, totalMs: usualMs };
  return onShards(wanted, (running, pacer) => searchShards({ fleet, running, pacer }, options));
}

/** What was started for a search. */
export interface SearchedShards {
  readonly fleet: Fleet;
  readonly running: RunningFleet;
  readonly pacer: StartedPacer;
}

/** Searches on shards that run, and leaves them running. */
export async function searchShards(
  { fleet, running, pacer }: SearchedShards,
  options: CapacityOptions,
): Promise<CapacityOutcome> {
  const { loaded, choices, keep, command, progress } = options;
  const { scenario } = loaded;
  const specs = cellSpecs(scenario);
  const order = (options.turns ?? shuffled)(specs, scenario.seed);
  const time = searchTime(scenario, order, choices);
  const strategyMs = (time.usualMs - time.startMs) / order.length;
  const ports = measuringPorts(options, running, pacer);
  const told = new FirstErrors(loaded, progress);
  return searchedStrategies({
    ...options,
    specs,
    order,
    about: {
      source: 'measured',
      command,
      startedAt: new Date().toISOString(),
      environment: await measuredEnvironment(fleet, running),
    },
    keep,
    warmsUp: true,
    runner: ({ spec }) =>
      new MeasuredCellRunner({
        ...ports,
        place: 0,
        // One cell at a time has rows, and its steps follow each other.
        keepsOpen: true,
        // A rate that is too high must time out: that is what is searched for.
        sawError: (error) => {
          if (error.code !== timeout.code) told.tell(spec.name, error);
        },
        watchPhase: watchPhases(spec.name, progress, null),
      }),
    accept: ({ load }) => {
      if (load !== null) refuseSickShards(load);
    },
    entered: ({ spec, index }, stage, steps) => {
      const shown = { title: cellTitle(spec, order), index, count: order.length };
      const ownMs =
        stage === 'load'
          ? 0
          : time.prepareMs + steps.reduce((sum, each) => sum + each.durationMs, 0);
      // A search that takes longer than usual must not eat up the time of those that follow.
      const doneMs = time.startMs + index * strategyMs + Math.min(ownMs, strategyMs - time.stepMs);
      showStage(progress, stageText(shown, stage, steps), { doneMs, wholeMs: time.usualMs });
    },
  });
}
