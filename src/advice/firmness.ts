import { rngFrom } from '../base/rng.ts';
import type { FirmnessFacts } from '../result/advice-document.ts';
import { decide, type Decision } from './advice.ts';
import { type Asked, firstChange } from './first-change.ts';
import type { Setting } from './candidate-figures.ts';
import { resampled, withHeaviest } from './other-weights.ts';
import { Reweighing } from './reweighed.ts';
import { answerOf, isSame } from './same-answer.ts';

/** Times that the tenants are drawn anew from themselves. */
export const resamples = 200;
/** How far a stated capacity may be off. */
const capacityOff = 0.3;

/**
 * Whether the answer stays when what it rests on is somewhat different: the tenants drawn anew, the
 * load, the largest tenant, the capacity, the number of shards. The seed decides the draws.
 */
export function firmness(decision: Decision, seed: number): FirmnessFacts {
  const rng = rngFrom(seed, 'advice/resamples');
  const model = new Reweighing(rngFrom(seed, 'advice/placements'));
  const ask = (asked: Asked): Decision => askedAgain(decision, asked, model);
  let stayed = 0;
  for (let sample = 0; sample < resamples; sample += 1) {
    // All candidates of a key have the same values.
    const weights = new Map<string, Float64Array>();
    const candidates = decision.candidates.map((candidate) => {
      const { key, heaviest } = candidate.key;
      const own = weights.get(key) ?? resampled(heaviest, rng);
      weights.set(key, own);
      return model.with(candidate, own);
    });
    if (isSame(decision, decide({ ...decision, candidates }))) stayed += 1;
  }
  const changes = [
    { change: 'load-halved', found: ask({ loadFactor: 0.5 }) },
    { change: 'load-doubled', found: ask({ loadFactor: 2 }) },
    { change: 'largest-value-doubled', found: ask({ heaviestFactor: 2 }) },
    { change: 'capacity-less', found: ask({ capacityFactor: 1 - capacityOff }) },
    { change: 'capacity-more', found: ask({ capacityFactor: 1 + capacityOff }) },
  ] as const;
  const flips: FirmnessFacts['flips'] = [];
  const kept: string[] = [];
  for (const { change, found } of changes) {
    if (isSame(decision, found)) kept.push(change);
    else flips.push({ change, ...answerOf(found) });
  }
  for (const { stays, ...flip } of onOtherCounts(decision)) {
    if (stays) kept.push(flip.change);
    else flips.push(flip);
  }
  return {
    share: stayed / resamples,
    resamples,
    flips,
    kept,
    firstChange: firstChange(decision, ask),
  };
}

/** The same candidates, asked about under other circumstances. */
function askedAgain(decision: Decision, asked: Asked, model: Reweighing): Decision {
  const { loadFactor = 1, capacityFactor = 1, heaviestFactor = 1 } = asked;
  const { setting, candidates } = decision;
  const now = { ...setting.now, qps: setting.now.qps * loadFactor };
  const capacity = setting.capacity && {
    shard: setting.capacity.shard * capacityFactor,
    instance: setting.capacity.instance * capacityFactor,
  };
  const changed: Setting = { ...setting, now, capacity };
  const weights = new Map<string, Float64Array>();
  const others =
    heaviestFactor === 1
      ? candidates
      : candidates.map((each) => {
          const { key, heaviest } = each.key;
          const own = weights.get(key) ?? withHeaviest(heaviest, heaviestFactor);
          weights.set(key, own);
          return model.with(each, own);
        });
  return decide({ ...decision, candidates: others, setting: changed });
}

/** With half and twice as many shards, where those were measured: whether the strategy stays. */
function onOtherCounts(decision: Decision) {
  const chosen = decision.choice.best?.candidate;
  if (decision.kind !== 'shard' || chosen === undefined) return [];
  const others = [
    { change: 'shards-halved', shards: chosen.shardCount / 2 },
    { change: 'shards-doubled', shards: chosen.shardCount * 2 },
  ] as const;
  return others.flatMap(({ change, shards }) => {
    const candidates = decision.candidates.filter(({ shardCount }) => shardCount === shards);
    if (candidates.length === 0) return [];
    const found = decide({ ...decision, candidates });
    const { best, alike } = found.choice;
    const stays = [...(best === null ? [] : [best]), ...alike].some(
      ({ candidate }) => candidate.strategy === chosen.strategy,
    );
    return [{ change, ...answerOf(found), stays }];
  });
}
