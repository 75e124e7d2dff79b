import type { Progress } from '../../host/progress.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import type { Scenario } from '../../scenario/types.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { buildWorkload } from '../../workload/workload.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { type CapacityAsked, capacityChoices } from './capacity-choices.ts';
import type { CapacityOutcome } from './capacity-result.ts';
import { simulateCapacity } from './simulate-capacity.ts';

export const silent: Progress = {
  note: () => undefined,
  warn: () => undefined,
  stage: () => undefined,
  pulse: () => undefined,
  end: () => undefined,
};

export interface SimulatedSearch {
  readonly scenario?: Partial<Scenario>;
  readonly asked?: Partial<CapacityAsked>;
  readonly signal?: AbortSignal;
  readonly keep?: (document: CapacityDocument) => Promise<void>;
}

/** A tiny scenario, drawn, that is judged by what is asked. */
export function drawnTiny({ scenario: changes = {}, asked = {} }: SimulatedSearch) {
  const written = tinyScenario(changes);
  const choices = capacityChoices(written, { objective: [], ...asked }, false);
  const scenario = { ...written, thresholds: choices.objectives };
  const workload = buildWorkload(scenario, null);
  const plan = planArrivals(workload);
  const loaded: LoadedScenario = { scenario, workload, plan, ownRouters: new Map() };
  return { loaded, choices };
}

/** Searches a tiny scenario in virtual time. */
export function simulatedSearch(search: SimulatedSearch): Promise<CapacityOutcome> {
  return simulateCapacity({
    ...drawnTiny(search),
    keep: search.keep ?? (async () => undefined),
    command: 'a test',
    progress: silent,
    signal: search.signal ?? new AbortController().signal,
  });
}
