import { type Fact, fact } from '../result/finding.ts';
import type { MeasuredCandidate, RefusedCandidate } from './candidate-figures.ts';
import type { Outlook } from './outlook.ts';

/** Operations that cannot run at all are worth no shards if they are more than this. */
export const notRunnableMost = 0.01;
/**
 * Transactions on several shards are not atomic, unless somebody builds that: where most of the
 * operations are such, the key takes apart what belongs together. No cost of it is in a capacity.
 */
export const crossingMost = 0.5;
/** Statements that move rows can be done by hand where they are as rare as this. */
export const changedMost = 0.001;
/** Rows without a key have no shard of their own. */
export const nullsMost = 0.01;
/** What the heaviest value may have of a shard's equal part. */
export const outgrowing = 1.05;
/** A bill so many times as high must buy at least twice the capacity. */
const billMost = 3;
const capacityLeast = 2;
/** Times the capacity of the instance: what buys less is not worth a move to shards. */
const worthwhile = 1.25;
/** Prices are sums: what differs by less than this is equal. */
const rounding = 1 + 1e-6;

const excluded = { severity: 'warning' } as const;

/** Why a candidate is none, whatever it costs; empty where it may be one. */
export function brokenRules(candidate: MeasuredCandidate, outlook: Outlook): Fact[] {
  return [...rulesOfKey(candidate), ...rulesOfMoney(candidate, outlook)];
}

/** Why it cannot even be built. */
export function refusal(candidate: RefusedCandidate): Fact[] {
  const { key, shardCount, problems } = candidate;
  const facts = [...fewValues(key.values, shardCount), ...unable(candidate)];
  const names = { problems };
  return facts.length > 0 ? facts : [fact('advice-router-refuses', { ...excluded, names })];
}

function rulesOfKey(candidate: MeasuredCandidate): Fact[] {
  const { key, shardCount, traits } = candidate;
  const facts = [...fewValues(key.values, shardCount), ...unable(candidate)];
  const largestFraction = key.heaviest[0] ?? 0;
  const ratio = largestFraction * shardCount;
  if (ratio > outgrowing && !traits.splits) {
    const usefulShards = Math.floor(outgrowing / largestFraction);
    const numbers = { largestFraction, shards: shardCount, ratio, ratioMost: outgrowing };
    facts.push(
      fact('advice-value-outgrows-shard', { ...excluded, numbers: { ...numbers, usefulShards } }),
    );
  }
  const { crossShardFraction } = candidate.asked;
  if (crossShardFraction > crossingMost) {
    const numbers = { crossShardFraction, mostFraction: crossingMost, shards: shardCount };
    facts.push(fact('advice-mostly-crosses', { ...excluded, numbers }));
  }
  const { residence } = candidate;
  if (residence !== undefined && residence.outsideFraction > 0) {
    const { outsideFraction, apart, key: by } = residence;
    const numbers = { outsideFraction, shards: shardCount };
    facts.push(
      fact('advice-rows-outside-region', { ...excluded, numbers, names: { key: by, apart } }),
    );
  }
  if (key.rises && traits.ordered) {
    facts.push(fact('advice-rises-under-range', { ...excluded, numbers: { shards: shardCount } }));
  }
  return facts;
}

function fewValues(values: number, shards: number): Fact[] {
  if (values >= shards) return [];
  return [fact('advice-fewer-values-than-shards', { ...excluded, numbers: { values, shards } })];
}

/** What the key does to statements and rows, whatever the router. */
function unable({ key }: Pick<MeasuredCandidate, 'key'>): Fact[] {
  const facts: Fact[] = [];
  const { notRunnable, changed, nullFraction } = key;
  if (notRunnable.fraction > notRunnableMost) {
    const numbers = { notRunnableFraction: notRunnable.fraction, mostFraction: notRunnableMost };
    const names = { operations: notRunnable.operations };
    facts.push(fact('advice-not-runnable', { ...excluded, numbers, names }));
  }
  if (changed.fraction > changedMost) {
    const numbers = { changedFraction: changed.fraction, mostFraction: changedMost };
    const names = { operations: changed.operations };
    facts.push(fact('advice-key-changes', { ...excluded, numbers, names }));
  }
  if (nullFraction > nullsMost) {
    const numbers = { nullFraction, mostFraction: nullsMost };
    facts.push(fact('advice-key-has-nulls', { ...excluded, numbers }));
  }
  return facts;
}

/** More shards than one must do more than one instance does, and be worth their price. */
function rulesOfMoney(candidate: MeasuredCandidate, { capacityRatio }: Outlook): Fact[] {
  const { costRatio, shardCount } = candidate;
  const numbers = { capacityRatio: capacityRatio.p50, costRatio, shards: shardCount };
  if (capacityRatio.p50 < worthwhile) {
    const least = { ...numbers, capacityRatioLeast: worthwhile };
    return [fact('advice-buys-little', { ...excluded, numbers: least })];
  }
  if (costRatio > billMost * rounding && capacityRatio.p50 < capacityLeast) {
    return [fact('advice-costs-more-than-it-buys', { ...excluded, numbers })];
  }
  return [];
}
