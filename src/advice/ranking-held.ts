import { kendallTau, tauByChance } from '../base/statistics/kendall.ts';
import type { AdviceMeasured, RankedPair } from '../result/advice-measured.ts';
import { type Fact, fact } from '../result/finding.ts';

/** A candidate with what is predicted and what was measured of it. */
export interface Ranked {
  readonly strategy: string;
  /** Databases whose work it is predicted to do. */
  readonly databases: number;
  /** null: nothing is known. */
  readonly measured: MeasuredRate | null;
}

export interface MeasuredRate {
  /** 0: no rate was held. */
  readonly qps: number;
  readonly low: number;
  /** null: something else than the shards ended the search. */
  readonly high: number | null;
}

export interface RankingFacts extends Pick<AdviceMeasured, 'kendallTau' | 'byChance' | 'verdict'> {
  readonly pairs: RankedPair[];
  readonly reason: Fact;
  readonly findings: Fact[];
}

/** Of these two values the ranks agree, as the project asks of itself. */
const tauEnough = 0.8;
/** The search ends when its two rates are so near each other: it ranks nothing nearer. */
const alikeWithin = 1.05;

/**
 * Whether candidates take as much as they are predicted to, by rank. It is `held` where tau is
 * enough, or where all that differ cannot be told apart by what was measured; it cannot be told
 * where no two that are predicted to differ can be. What is known as a bound only counts as that.
 *
 * @param ranked in any order
 * @param recommended the strategy that the advice is about; null where there is none
 */
export function rankingHeld(ranked: readonly Ranked[], recommended: string | null): RankingFacts {
  const sorted = ranked.toSorted((a, b) => b.databases - a.databases);
  const known = sorted.filter(isKnown);
  const pairs = known.flatMap((first, index) =>
    known.slice(index + 1).map((second) => pairOf(first, second)),
  );
  const tau = kendallTau(
    known.map(({ databases }) => databases),
    known.map(({ measured }) => measured.qps),
  );
  const confirmed = pairs.filter((pair) => isSurely(pair, 'same'));
  const contradicted = pairs.filter((pair) => isSurely(pair, 'opposite'));
  const verdict = verdictOf({ tau, confirmed, contradicted });
  const numbers = {
    candidates: known.length,
    pairs: pairs.length,
    confirmed: confirmed.length,
    contradicted: contradicted.length,
    kendallTau: tau,
  };
  const names = {
    more: contradicted.map(({ second }) => second),
    less: contradicted.map(({ first }) => first),
  };
  const severity = verdict === 'held' ? 'info' : 'warning';
  return {
    pairs,
    kendallTau: tau,
    byChance: tau === null || hasEqual(known) ? null : tauByChance(known.length, tau),
    verdict,
    reason: fact(`advice-ranking-${verdict}`, { severity, numbers, names }),
    findings: recommended === null ? [] : standingOf(known, recommended),
  };
}

type Known = Ranked & { readonly measured: MeasuredRate };

const isKnown = (ranked: Ranked): ranked is Known => ranked.measured !== null;

/** Told apart in that order, and predicted to differ by more than a few per cent. */
const isSurely = (pair: RankedPair, order: RankedPair['order']): boolean =>
  pair.order === order && pair.toldApart && !pair.predictedAlike;

function verdictOf({
  tau,
  confirmed,
  contradicted,
}: {
  readonly tau: number | null;
  readonly confirmed: readonly RankedPair[];
  readonly contradicted: readonly RankedPair[];
}): AdviceMeasured['verdict'] {
  if (confirmed.length === 0 && contradicted.length === 0) return 'cannot-be-told';
  if (contradicted.length === 0) return 'held';
  return tau !== null && tau >= tauEnough ? 'held' : 'not-held';
}

function pairOf(first: Known, second: Known): RankedPair {
  const [one, other] = [first.measured, second.measured];
  const order = Math.sign(first.databases - second.databases) * Math.sign(one.qps - other.qps);
  const predictedRatio = first.databases / second.databases;
  return {
    first: first.strategy,
    second: second.strategy,
    predictedRatio,
    measuredRatio: other.qps === 0 ? null : one.qps / other.qps,
    order: order === 0 ? 'equal' : order > 0 ? 'same' : 'opposite',
    toldApart: isAbove(one, other) || isAbove(other, one),
    predictedAlike: predictedRatio <= alikeWithin,
  };
}

const isAbove = (one: MeasuredRate, other: MeasuredRate): boolean =>
  other.high !== null && one.low >= other.high;

function hasEqual(known: readonly Known[]): boolean {
  const distinct = (values: readonly number[]): number => new Set(values).size;
  return (
    distinct(known.map(({ databases }) => databases)) < known.length ||
    distinct(known.map(({ measured }) => measured.qps)) < known.length
  );
}

/** Whether something else that was measured surely takes more than what is recommended. */
function standingOf(known: readonly Known[], recommended: string): Fact[] {
  const own = known.find(({ strategy }) => strategy === recommended);
  if (own === undefined || known.length < 2) return [];
  const better = known.filter(({ measured }) => isAbove(measured, own.measured));
  const names = { recommended, better: better.map(({ strategy }) => strategy) };
  const numbers = { sustainedQps: own.measured.qps, bestQps: better[0]?.measured.qps };
  if (better.length === 0) return [fact('advice-nothing-measured-better', { numbers, names })];
  const bestQps = Math.max(...better.map(({ measured }) => measured.qps));
  return [
    fact('advice-measured-better', {
      severity: 'warning',
      numbers: { ...numbers, bestQps },
      names,
    }),
  ];
}

/** 1 for the largest; equal ones share theirs. */
export function ranksOf(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) =>
    value === null ? null : 1 + values.filter((other) => other !== null && other > value).length,
  );
}
