import type { MeasuredCandidate, Setting } from '../../advice/candidate-figures.ts';
import { judge } from '../../advice/choose.ts';
import { present } from '../../base/assert.ts';
import {
  type ChosenSalt,
  chosenSalt,
  type ValuesAhead,
  valuesAhead,
} from '../../growth/chosen-salt.ts';
import { bandSalt } from '../../metrics/placement-band.ts';
import { buildRouter, definitionOf } from '../../router/build-router.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { equalShards, type Measuring } from './measure.ts';
import { nextStep } from './next-step.ts';
import { saltedStrategy, strategyNamed } from './salted-strategy.ts';

/**
 * Candidates with a salt that was chosen for the values that there are: of each that breaks no rule
 * and whose placement is a draw of its salt alone. They are ranked by what is left of their luck
 * after the months asked for, in futures in which they were not chosen.
 */
export function saltedCandidates(
  all: Measuring,
  candidates: readonly MeasuredCandidate[],
  setting: Setting,
): MeasuredCandidate[] {
  const { growth, seed } = all.loaded.scenario;
  const ahead = new Map<string, ValuesAhead>();
  const sound = judge(candidates, setting).filter(({ broken }) => broken.length === 0);
  return sound.flatMap(({ candidate }) => {
    const { placed, shardCount, overlay, strategy: name } = candidate;
    if (placed.over !== 'salts' || overlay !== undefined) return [];
    const strategy = present(strategyNamed(all.loaded.scenario.strategies, name), 'strategy');
    const spec = routerSpec(strategy, all.loaded);
    if (definitionOf(spec).traits.placesKnownKeys) return [];
    const { known } = present(all.keys.get(strategy.key), 'key');
    const load = { value: growth.load.value, spread: growth.ownRateSpread };
    const drift = { load, arrivals: growth.tenants.value };
    const own = ahead.get(strategy.key) ?? valuesAhead(known, drift, seed);
    ahead.set(strategy.key, own);
    const { largest } = placed;
    const { months } = setting.objectives;
    const chosen = chosenSalt({ spec, shardCount, largest, known, ahead: own, months });
    return chosen === null ? [] : [salted(all, candidate, chosen)];
  });
}

function salted(
  all: Measuring,
  candidate: MeasuredCandidate,
  { index, largest, ...figures }: ChosenSalt,
): MeasuredCandidate {
  const { strategies } = all.loaded.scenario;
  const base = present(strategyNamed(strategies, candidate.strategy), 'strategy');
  const spec = routerSpec(saltedStrategy(base, index), all.loaded);
  const { known } = present(all.keys.get(spec.key), 'key');
  const topology = equalShards(candidate.shardCount);
  const router = buildRouter(spec, topology, known.type, known);
  return {
    ...candidate,
    strategy: spec.name,
    placed: { ...candidate.placed, over: 'futures', largest },
    chosenSalt: { salt: bandSalt(index), ...figures },
    nextStep: nextStep(all.loaded, all.bytes, { spec, known, topology, router, placed: known }),
  };
}
