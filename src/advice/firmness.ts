import { present } from '../base/assert.ts';
import { rngFrom } from '../base/rng.ts';
import type { FirmnessFacts } from '../result/advice-document.ts';
import { decide, type Decision } from './advice.ts';
import { type Asked, firstChange } from './first-change.ts';
import type { Setting } from './candidate-figures.ts';
import { drifted, resampled, withHeaviest } from './other-weights.ts';
import { Reweighing } from './reweighed.ts';
import { answerOf, isSame } from './same-answer.ts';

/** Times that the tenants are drawn anew from themselves. */
export const resamples = 200;
/** Futures in which tenants grow at their own rates. */
const ownRateFutures = 50;
/** How far a stated capacity may be off. */
const capacityOff = 0.3;

/**
 * Whether the answer stays when what it rests on is somewhat different: the tenants drawn anew, the
 * load, the largest tenant, the capacity, the number of shards. The seed decides the draws.
 *
 * @param ownRates standard deviation of a tenant's own growth a month around that of all
 */
export function firmness(decision: Decision, seed: number, ownRates: number): FirmnessFacts {
  const model = new Reweighing(rngFrom(seed, 'advice/placements'));
  const ask = (asked: Asked): Decision => askedAgain(decision, asked, model);
  const rng = rngFrom(seed, 'advice/resamples');
  const stayed = answersWith(decision, model, resamples, (weights) => resampled(weights, rng));
  const months = decision.setting.objectives.months;
  const ahead = rngFrom(seed, 'advice/own-rates');
  // Rates that stay what they are add up month by month.
  const grown = answersWith(decision, model, ownRateFutures, (weights) =>
    drifted(weights, ownRates * months, ahead),
  );
  const changed = (change: string, asked: Asked) => {
    return { change, ...againstBefore(decision, ask(asked)) };
  };
  const changes = [
    changed('load-halved', { loadFactor: 0.5 }),
    changed('load-doubled', { loadFactor: 2 }),
    changed('largest-value-doubled', { heaviestFactor: 2 }),
    { change: 'tenants-at-own-rates', ...commonest(grown) },
    changed('capacity-less', { capacityFactor: 1 - capacityOff }),
    changed('capacity-more', { capacityFactor: 1 + capacityOff }),
  ];
  const flips: FirmnessFacts['flips'] = [];
  const kept: string[] = [];
  for (const { change, same, answer } of changes) {
    if (same) kept.push(change);
    else flips.push({ change, ...answer });
  }
  for (const { stays, ...flip } of onOtherCounts(decision)) {
    if (stays) kept.push(flip.change);
    else flips.push(flip);
  }
  return {
    share: sameFraction(stayed),
    resamples,
    ownRates: { share: sameFraction(grown), futures: ownRateFutures, months },
    flips,
    kept,
    firstChange: firstChange(decision, ask),
  };
}

/** Another decision: whether it is the same answer, and which one. Decisions hold all weights. */
interface Answer {
  readonly same: boolean;
  readonly answer: ReturnType<typeof answerOf>;
}

/** So many answers, each with other weights of the keys' values. */
function answersWith(
  decision: Decision,
  model: Reweighing,
  count: number,
  weightsOf: (weights: Float64Array) => Float64Array,
): Answer[] {
  return Array.from({ length: count }, () => {
    // All candidates of a key have the same values.
    const weights = new Map<string, Float64Array>();
    const candidates = decision.candidates.map((candidate) => {
      const { key, heaviest } = candidate.key;
      const own = weights.get(key) ?? weightsOf(heaviest);
      weights.set(key, own);
      return model.with(candidate, own);
    });
    return againstBefore(decision, decide({ ...decision, candidates }));
  });
}

const againstBefore = (before: Decision, after: Decision): Answer => {
  return { same: isSame(before, after), answer: answerOf(after) };
};

const sameFraction = (answers: readonly Answer[]): number =>
  answers.filter(({ same }) => same).length / answers.length;

/** The same answer where half of them have it, else the commonest other one. */
function commonest(answers: readonly Answer[]): Answer {
  const isKept = sameFraction(answers) >= 0.5;
  const some = answers.filter(({ same }) => same === isKept);
  const groups = [...Map.groupBy(some, ({ answer }) => JSON.stringify(answer)).values()];
  const [first] = groups.toSorted((a, b) => b.length - a.length);
  return present(first?.[0], 'answer');
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
