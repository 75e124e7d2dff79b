import { rankingHeld, ranksOf } from '../../advice/ranking-held.ts';
import { present } from '../../base/assert.ts';
import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import type { AdviceMeasured } from '../../result/advice-measured.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import { fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import type { CapacityChoices } from '../capacity/capacity-choices.ts';
import type { CapacityOutcome } from '../capacity/capacity-result.ts';
import { shuffled } from '../cells/cell-specs.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { measuredRate, rankedCandidate } from './ranked-candidate.ts';
import type { PredictedCandidate } from './predicted-candidates.ts';

/** One search of all candidates: `capacity` on real shards, or whatever stands for it. */
export type RankingSearch = (round: {
  /** From 1 on. */
  readonly round: number;
  readonly turns: typeof shuffled;
}) => Promise<CapacityOutcome>;

export interface RankingAsked {
  readonly candidates: readonly PredictedCandidate[];
  /** Drawn for the shards, with the candidates as its strategies. */
  readonly loaded: LoadedScenario;
  readonly choices: CapacityChoices;
  readonly rounds: number;
  readonly search: RankingSearch;
  /** null: nothing is recommended. */
  readonly recommended: { readonly strategy: string; readonly shardCount: number } | null;
}

export interface RankingOutcome {
  readonly measured: AdviceMeasured;
  readonly exitCode: ExitCode;
  /** Why it ended early; null when it did not. */
  readonly problem: unknown;
}

/**
 * Searches every candidate's capacity in rounds, each in the opposite order of the one before, so
 * that none always meets the machine in the same state. The first round that ends early is the
 * last, and what was found before it counts.
 */
export async function measureRanking(asked: RankingAsked): Promise<RankingOutcome> {
  const done: CapacityDocument[] = [];
  let last: CapacityOutcome | null = null;
  for (let round = 1; round <= asked.rounds; round += 1) {
    const turns = round % 2 === 1 ? shuffled : backwards;
    // oxlint-disable-next-line no-await-in-loop -- searches would disturb each other
    last = await asked.search({ round, turns });
    done.push(last.document);
    if (isEarly(last)) break;
  }
  const ended = present(last, 'a round');
  const measured = measuredOf(asked, done);
  return {
    measured,
    problem: ended.problem,
    exitCode: isEarly(ended) ? ended.exitCode : verdictExitCode(measured),
  };
}

const backwards: typeof shuffled = (cells, seed) => shuffled(cells, seed).toReversed();

const isEarly = ({ exitCode, problem }: CapacityOutcome): boolean =>
  problem !== null || exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated;

/** Doubtful searches make the numbers invalid where nothing can be told because of them. */
function verdictExitCode({ verdict, candidates }: AdviceMeasured): ExitCode {
  const isDoubtful = candidates.some(
    ({ sustainedQps, interval }) => sustainedQps === null || interval?.high === null,
  );
  return verdict === 'cannot-be-told' && isDoubtful ? exitCodes.invalid : exitCodes.ok;
}

function measuredOf(asked: RankingAsked, done: readonly CapacityDocument[]): AdviceMeasured {
  const { loaded, choices, rounds, recommended } = asked;
  const { scenario } = loaded;
  const first = present(done[0], 'a search');
  const candidates = asked.candidates.toSorted(
    (a, b) => b.predicted.databases - a.predicted.databases,
  );
  const rates = candidates.map(({ strategy }) => measuredRate(strategy, done));
  const held = rankingHeld(
    candidates.map(({ strategy, predicted }, index) => ({
      strategy,
      databases: predicted.databases,
      measured: rates[index] ?? null,
    })),
    recommended?.strategy ?? null,
  );
  const predictedRanks = ranksOf(candidates.map(({ predicted }) => predicted.databases));
  const ranks = ranksOf(rates.map((rate) => rate?.qps ?? null));
  const shardCount = scenario.topology.shards;
  return {
    startedAt: first.startedAt,
    environment: first.environment,
    shardCount,
    recommendedShardCount: recommended?.shardCount ?? shardCount,
    objective: first.objective,
    search: {
      rounds,
      durationMs: scenario.durationMs,
      warmupMs: first.search.warmupMs,
      startQps: choices.bounds.startPerSecond,
      stepsMax: choices.bounds.stepsMax,
    },
    candidates: candidates.map((candidate, index) =>
      rankedCandidate(candidate, done, {
        place: `/measured/candidates/${index}`,
        rate: rates[index] ?? null,
        predictedRank: predictedRanks[index] ?? 1,
        rank: ranks[index] ?? null,
      }),
    ),
    pairs: held.pairs,
    kendallTau: held.kendallTau,
    byChance: held.byChance,
    verdict: held.verdict,
    reason: worded({ ...held.reason, place: '/measured' }),
    findings: [
      ...[...shardsFacts(asked), ...held.findings].map((each) =>
        worded({ ...each, place: '/measured' }),
      ),
      ...first.findings.filter(({ code }) => passedOn.has(code)),
    ],
  };
}

/** What a search says of all its rates that holds here as well. */
const passedOn: ReadonlySet<string> = new Set([
  'capacity-machine-shared',
  'capacity-ramp-replaced',
  'capacity-bursts-scaled',
]);

function shardsFacts({ loaded, recommended }: RankingAsked) {
  const { shards } = loaded.scenario.topology;
  if (recommended === null || recommended.shardCount === shards) return [];
  const numbers = { shards, recommendedShards: recommended.shardCount };
  return [fact('advice-measured-on-fewer', { numbers })];
}
