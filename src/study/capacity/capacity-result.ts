import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { precision } from '../../growth/capacity/capacity-search.ts';
import { longestWindow } from '../../growth/capacity/step-window.ts';
import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import { type CellSpec, cellTitle } from '../cells/cell-specs.ts';
import { publicScenario } from '../cells/run-head.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { type CapacityChoices, objectiveTexts } from './capacity-choices.ts';
import { type StrategySearch, strategyResult } from './strategy-result.ts';

/** Where it was searched. */
export interface CapacityAbout
  extends Pick<CapacityDocument, 'source' | 'command' | 'environment' | 'startedAt'> {}

export interface CapacityParts {
  readonly loaded: LoadedScenario;
  readonly choices: CapacityChoices;
  readonly about: CapacityAbout;
  /** The strategies in the order of the document, and in that of their turns. */
  readonly specs: readonly CellSpec[];
  readonly order: readonly CellSpec[];
}

/** The document as far as the search has come. */
export function capacityDocument(
  parts: CapacityParts,
  searched: readonly StrategySearch[],
): CapacityDocument {
  const { loaded, choices, about, specs, order } = parts;
  const { scenario } = loaded;
  const { bounds, objectiveFrom } = choices;
  const inOrder = specs.flatMap((spec) => searched.filter((each) => each.spec === spec));
  return {
    schema: 'shardlab/capacity/v1',
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    ...about,
    objective: { expressions: objectiveTexts(choices), from: objectiveFrom },
    search: {
      durationMs: scenario.durationMs,
      warmupMs: about.source === 'simulated' ? 0 : scenario.warmupMs,
      startQps: bounds.startPerSecond,
      lowestQps: bounds.lowestPerSecond,
      highestQps: bounds.highestPerSecond,
      stepsMax: bounds.stepsMax,
      precisionFraction: Number((precision - 1).toPrecision(3)),
      order: order.map((spec) => cellTitle(spec, order)),
    },
    findings: findings(parts).map(worded),
    scenario: publicScenario(scenario),
    strategies: inOrder.map((search, index) =>
      strategyResult(search, choices, `/strategies/${index}`),
    ),
  };
}

/** What a reader must know of every rate in the document. */
function findings({ loaded, choices, about }: CapacityParts): Fact[] {
  const { arrivals, durationMs, topology } = loaded.scenario;
  const { objectiveFrom, needed, bounds } = choices;
  const facts: Fact[] = [];
  if (objectiveFrom === 'assumed') {
    const [expression = ''] = objectiveTexts(choices);
    facts.push(fact('capacity-objective-assumed', { severity: 'warning', names: { expression } }));
  }
  if (arrivals.process === 'ramp') facts.push(fact('capacity-ramp-replaced'));
  if (arrivals.process === 'burst') facts.push(fact('capacity-bursts-scaled'));
  const { fleet } = about.environment;
  const hasQuota = fleet === 'docker' && topology.quota !== null;
  if (about.source === 'measured' && fleet !== 'urls' && !hasQuota) {
    facts.push(fact('capacity-machine-shared', { severity: 'warning', names: { fleet } }));
  }
  const belowQps = (1000 * needed) / durationMs;
  if (bounds.lowestPerSecond < belowQps) {
    const numbers = { belowQps, operations: needed, times: longestWindow };
    facts.push(fact('capacity-longer-windows', { numbers }));
  }
  return facts;
}

/** How a search ended, early or not. */
export interface CapacityOutcome {
  readonly document: CapacityDocument;
  readonly exitCode: ExitCode;
  /** Why it ended early; null when it did not. */
  readonly problem: unknown;
}

/**
 * Answers that are no capacity of shards make the numbers invalid, as a doubtful verdict does; an
 * objective that nothing holds has failed.
 */
export function capacityExitCode(
  { strategies }: Pick<CapacityDocument, 'strategies'>,
  problem: unknown,
  signal: AbortSignal,
): ExitCode {
  if (signal.aborted) {
    return signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  }
  if (problem !== null) {
    return problem instanceof UserError ? problem.exitCode : exitCodes.unusable;
  }
  if (strategies.some(isInvalid)) return exitCodes.invalid;
  return strategies.some(({ status }) => status === 'not-met') ? exitCodes.failed : exitCodes.ok;
}

const isInvalid = ({ status, limitedBy, notes }: CapacityStrategy): boolean =>
  status === 'unfinished' ||
  limitedBy?.kind === 'generator' ||
  notes.some(({ code }) => code === 'capacity-doubtful');
