import { exitCodes } from '../../base/exit-codes.ts';
import type { FleetName } from '../../fleet/names.ts';
import type { Progress } from '../../host/progress.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import { fact } from '../../result/finding.ts';
import type { ScenarioOverrides } from '../../scenario/overrides.ts';
import { objectivesAmong } from '../../scenario/thresholds/objectives.ts';
import type { Scenario } from '../../scenario/types.ts';
import { counted, duration } from '../../wording/format.ts';
import { worded } from '../../wording/worded.ts';
import {
  type CapacityChoices,
  capacityChoices,
  objectiveTexts,
} from '../capacity/capacity-choices.ts';
import type { CapacityOutcome } from '../capacity/capacity-result.ts';
import type { CapacityOptions } from '../capacity/measure-capacity.ts';
import { searchPlan } from '../capacity/search-plan.ts';
import { searchTime } from '../capacity/search-time.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { drawWorkload, type LoadedScenario, readScenario } from '../scenario/load-scenario.ts';
import { measurableStrategies, measuredScenario } from './measured-scenario.ts';
import { measureRanking, type RankingOutcome } from './measure-ranking.ts';
import { type PredictedCandidate, predictedCandidates } from './predicted-candidates.ts';
import { shardsThatFit } from './shards-that-fit.ts';

/** How much is measured of each candidate. */
export interface Effort {
  /** Searches of it. */
  readonly rounds: number;
  /** Windows of a search at the most, and how long one is, unless the scenario's are shorter. */
  readonly stepsMax: number;
  readonly windowMs: number;
  /** Further keys than those of the best candidates. */
  readonly otherKeys: number;
}

/**
 * Two searches in opposite order show what a single one hides. Usually they take eleven windows
 * each, and more where other programs spoil some.
 */
export const usualEffort: Effort = { rounds: 2, stepsMax: 20, windowMs: 6000, otherKeys: 1 };

export interface MeasuredAsked {
  readonly path: string;
  readonly overrides: ScenarioOverrides;
  /** With every candidate as a strategy. */
  readonly changed: (scenario: Scenario) => Scenario;
  /** How many of the best candidates. */
  readonly best: number;
}

interface MeasuringAdvice extends MeasuredAsked {
  readonly document: AdviceDocument;
  /** What the advice was given on. */
  readonly planned: LoadedScenario;
  readonly draws: number;
  readonly effort: Effort;
  /** Where the shards come from, and the search of capacity on them. */
  readonly fleet: FleetName;
  readonly search: (options: CapacityOptions) => Promise<CapacityOutcome>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Keeps the document of a round as it stands. */
  readonly keep: (document: CapacityDocument, round: number) => Promise<void>;
  readonly command: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** @throws {UserError} for what no search can have, before anything is computed */
export async function checkMeasurable(asked: MeasuredAsked): Promise<void> {
  const { path, overrides, changed } = asked;
  const { scenario } = await readScenario(path, overrides, 'load', changed);
  const { shards } = scenario.topology;
  const strategies = measurableStrategies(scenario);
  const { windowMs } = usualEffort;
  choicesOf(measuredScenario(scenario, { strategies, shardCount: shards, windowMs }), usualEffort);
}

/**
 * Where nobody says what must hold. What is predicted is when shards are full, not how fast they
 * are before: a queue that grows by 4 % of the rate is as late after 6 s, and few operations are as
 * slow by themselves.
 */
const assumedObjective = 'p(99)<250ms';

/** The p99 that is asked for, else limits of the scenario, as in `capacity`. */
function choicesOf(scenario: Scenario, { stepsMax }: Effort): CapacityChoices {
  const { objectives, thresholds = [] } = scenario;
  const isStated = objectives.p99Ms !== null || objectivesAmong(thresholds).length > 0;
  const own = objectives.p99Ms === null ? [] : [`p(99)<${objectives.p99Ms}ms`];
  const objective = isStated ? own : [assumedObjective];
  const choices = capacityChoices(scenario, { objective, maxSteps: String(stepsMax) }, true);
  return { ...choices, objectiveFrom: isStated ? 'scenario' : 'assumed' };
}

/** The advice with what real shards say of its ranking. */
export interface MeasuredAdvice extends Omit<RankingOutcome, 'measured'> {
  readonly document: AdviceDocument;
}

/**
 * 1. On how many shards; 2. which candidates, and what is predicted of them there; 3. the search of
 * their capacity, in rounds.
 */
export async function measureAdvice(asked: MeasuringAdvice): Promise<MeasuredAdvice> {
  const { document, planned, fleet, environment, best, draws, effort, progress } = asked;
  const recommended = recommendedOf(document);
  const { shardCounts } = document.objectives;
  const shardCount = await shardsThatFit({
    scenario: planned.scenario,
    wanted: recommended?.shardCount ?? Math.max(...shardCounts),
    counts: shardCounts,
    fleet,
    environment,
  });
  const candidates = await predictedCandidates({
    loaded: planned,
    shardCount,
    best,
    otherKeys: effort.otherKeys,
    first: recommended?.strategy ?? null,
    sound: soundStrategies(document),
    draws,
    report: (text, fraction) => progress.stage(text, fraction, 0),
  });
  if (candidates.length < 2) return unmeasured(document, candidates.length);
  const loaded = await loadedFor(asked, candidates, shardCount);
  const choices = choicesOf(loaded.scenario, effort);
  const judged = {
    ...loaded,
    scenario: { ...loaded.scenario, thresholds: choices.objectives },
  };
  for (const line of planLines(judged.scenario, choices, effort)) progress.note(line);
  const { measured, ...ended } = await measureRanking({
    candidates,
    loaded: judged,
    choices,
    rounds: effort.rounds,
    recommended,
    search: ({ round, turns }) => {
      progress.note(`round ${round} of ${effort.rounds}`);
      const { command, signal } = asked;
      const keep = (found: CapacityDocument): Promise<void> => asked.keep(found, round);
      return asked.search({ loaded: judged, choices, keep, turns, command, progress, signal });
    },
  });
  return { ...ended, document: { ...document, measured } };
}

function recommendedOf({ recommendation }: AdviceDocument) {
  const { strategy, shardCount, otherwise } = recommendation;
  return strategy === null ? otherwise : { strategy, shardCount };
}

/** A rule that excludes a strategy on few shards may not do so on more. */
function soundStrategies({ candidates }: AdviceDocument): Set<string> {
  return new Set(
    candidates.flatMap(({ strategy, status }) =>
      strategy === null || status === 'excluded' ? [] : [strategy],
    ),
  );
}

function unmeasured(document: AdviceDocument, candidates: number): MeasuredAdvice {
  const names = { why: candidates === 0 ? 'not-runnable' : 'alone' };
  const note = worded(fact('advice-not-measured', { severity: 'warning', names }));
  const findings = [...document.findings, note];
  return { document: { ...document, findings }, exitCode: exitCodes.ok, problem: null };
}

/** Drawn whole: advice is given on fewer rows where there are many, and shards hold all. */
async function loadedFor(
  { path, overrides, changed, effort, progress }: MeasuringAdvice,
  candidates: readonly PredictedCandidate[],
  shardCount: number,
): Promise<LoadedScenario> {
  // Some are made of the keys as they are, so that `changed` has not all of them.
  const strategies = candidates.map(({ listed }) => listed);
  const read = await readScenario(path, overrides, 'load', (own) =>
    measuredScenario(changed(own), { strategies, shardCount, windowMs: effort.windowMs }),
  );
  return drawWorkload(read, (text, fraction) => progress.stage(text, fraction, 0));
}

function planLines(
  scenario: Scenario,
  choices: CapacityChoices,
  { rounds }: Effort,
): readonly string[] {
  const specs = cellSpecs(scenario);
  const { usualMs, mostMs } = searchTime(scenario, specs, choices);
  const { shards } = scenario.topology;
  // Two of its lines are of options that `advise` has not, and of one search alone.
  const search = searchPlan(scenario, choices, true).filter(
    (line) => !/^(objective|time) /.test(line),
  );
  const assumed = choices.objectiveFrom === 'assumed' ? ' (assumed: give objectives.p99)' : '';
  const all = (eachMs: number): string => duration(rounds * eachMs);
  return [
    `measured    ${counted(specs.length, 'candidate')} on ${counted(shards, 'shard')}, ` +
      `each searched ${rounds === 1 ? 'once' : `${rounds} times`}`,
    `objective   ${objectiveTexts(choices).join(' and ')}${assumed}`,
    ...search,
    `time        about ${all(usualMs)}, at most about ${all(mostMs)}`,
  ];
}
