import { judge } from '../../advice/choose.ts';
import {
  type ChoiceAsked,
  type MeasuredChoice,
  measuredChoice,
  placedWork,
} from '../../advice/measured-choice.ts';
import { present } from '../../base/assert.ts';
import { wholeShares } from '../../growth/drawn-largest.ts';
import type { RankedCandidate } from '../../result/advice-measured.ts';
import type { Strategy } from '../../scenario/types.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { equalShards, measure, measuring } from './measure.ts';
import { measurableStrategies } from './measured-scenario.ts';
import { strategyNamed } from './salted-strategy.ts';
import { nowOf, settingOf } from './setting.ts';
import { withPieces } from './split-pieces.ts';

/** A candidate that is to be measured, with what is predicted of it. */
export interface PredictedCandidate
  extends Pick<RankedCandidate, 'strategy' | 'key' | 'router' | 'chosen'> {
  readonly listed: Strategy;
  readonly predicted: Omit<RankedCandidate['predicted'], 'rank'>;
}

interface PredictionAsked extends ChoiceAsked {
  readonly loaded: LoadedScenario;
  readonly shardCount: number;
  readonly draws: number;
  readonly report: (text: string, fraction: number) => void;
}

/** Which candidates are measured, and what is predicted of each on so many shards. */
export async function predictedCandidates(asked: PredictionAsked): Promise<PredictedCandidate[]> {
  const { loaded, shardCount, draws, report } = asked;
  const strategies = withFirst(measurableStrategies(loaded.scenario), asked.first);
  const within = { ...loaded, scenario: { ...loaded.scenario, strategies } };
  const now = nowOf(within);
  const all = measuring(within, now.bytes, draws);
  const { candidates } = await measure(all, [shardCount], report);
  const setting = settingOf(all, now);
  const chosen = measuredChoice(judge(candidates, setting), asked);
  return chosen.map((choice) => {
    const listed = present(
      strategies.find(({ name }) => name === choice.judged.candidate.strategy),
      'strategy',
    );
    const shardQps = setting.capacity?.shard ?? null;
    return predictedOf(choice, listed, within, shardQps);
  });
}

/** One whose salt was chosen, for its number of shards, is not among the strategies. */
function withFirst(strategies: readonly Strategy[], first: string | null): readonly Strategy[] {
  const salted = strategyNamed(strategies, first);
  return salted === undefined || strategies.includes(salted) ? strategies : [...strategies, salted];
}

function predictedOf(
  { judged, chosen }: MeasuredChoice,
  listed: Strategy,
  loaded: LoadedScenario,
  shardQps: number | null,
): PredictedCandidate {
  const { candidate, outlook } = judged;
  const known = knownKeys(loaded.workload, listed.key);
  const topology = equalShards(candidate.shardCount);
  const spec = routerSpec(listed, loaded);
  const { load } = wholeShares(spec, topology, known, withPieces(known, spec));
  const databases = placedWork(judged, Math.max(...load));
  return {
    strategy: candidate.strategy,
    key: candidate.key.key,
    router: candidate.router,
    chosen,
    listed,
    predicted: {
      databases,
      band: outlook.effective,
      capacityQps: shardQps === null ? null : databases * shardQps,
    },
  };
}
