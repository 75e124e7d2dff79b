import type { Progress } from '../../host/progress.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { ms, short } from '../../wording/format.ts';
import type { StrategyStage } from './search-strategy.ts';

interface ShownStrategy {
  /** What tells it from the others. */
  readonly title: string;
  /** Strategies before it, and all. */
  readonly index: number;
  readonly count: number;
}

/** `tenant_id/jump (2 of 6): step 4, 800/s; 400/s held with p99 23 ms`. */
export function stageText(
  { title, index, count }: ShownStrategy,
  stage: StrategyStage,
  steps: readonly CapacityStep[],
): string {
  const which = `${title} (${index + 1} of ${count})`;
  if (typeof stage === 'string') return `${which}: ${stage}`;
  const last = steps.at(-1);
  const step = `${which}: step ${steps.length + 1}, ${short(stage.ratePerSecond)}/s`;
  return last === undefined ? step : `${step}; ${stepText(last)}`;
}

const outcomes = {
  held: 'held',
  broken: 'broke it',
  generator: 'was too much to offer',
  spoilt: 'was spoilt by other programs',
} as const;

export function stepText({ rateQps, outcome, responseMs, verdict }: CapacityStep): string {
  const { p99 } = responseMs;
  const times = p99 === null ? verdict.status : `p99 ${ms(p99)}`;
  return `${short(rateQps)}/s ${outcomes[outcome]} (${times})`;
}

/** What remains of a time that only the number of further steps decides. */
export function showStage(
  progress: Progress,
  text: string,
  { doneMs, wholeMs }: { readonly doneMs: number; readonly wholeMs: number },
): void {
  const done = Math.min(0.99, doneMs / wholeMs);
  progress.stage(text, done, Math.max(0, wholeMs - doneMs));
}
