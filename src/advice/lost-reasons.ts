import { type Fact, fact } from '../result/finding.ts';
import { type Judged, wantedQps } from './choose.ts';
import { missedFacts } from './objectives.ts';
import type { Apart, Setting } from './candidate-figures.ts';

/** Shares of operations that differ by less are not why one lost. */
const noticed = 0.01;
const uneven = 1.05;

/** Why a candidate that breaks no rule is not the one: what decided first, then what made it so. */
export function lostReasons(lost: Judged, best: Judged, setting: Setting): Fact[] {
  return [...decisive(lost, best, setting), ...causes(lost, best)];
}

function decisive(lost: Judged, best: Judged, setting: Setting): Fact[] {
  const names = bestNames(best);
  if (lost.tier < best.tier) {
    const [own, its] = [lost.outlook.months, best.outlook.months];
    const { months: neededMonths } = setting.objectives;
    const numbers = { months: own?.trend, bestMonths: its?.trend };
    const rest = missedFacts(lost.missed.filter(({ objective }) => objective !== 'months'));
    if (lost.tier === 2 && rest.length === lost.missed.length) return rest;
    if (best.tier === 3) {
      return [
        fact('advice-full-sooner', { numbers: { ...numbers, neededMonths }, names }),
        ...rest,
      ];
    }
    const least = { ...numbers, neededMonths: setting.leadMonths };
    return [fact('advice-full-before-it-stands', { numbers: least, names })];
  }
  const { capacityQps } = lost.outlook;
  const bestQps = best.outlook.capacityQps;
  if (lost.tier === 1) {
    const numbers = { capacityQps: capacityQps?.p5, bestCapacityQps: bestQps?.p5 };
    return [fact('advice-carries-less', { numbers, names })];
  }
  const valueRatio = lost.value.p5 / best.value.p5;
  if (setting.capacity === null) {
    return [fact('advice-less-of-each-shard', { numbers: { valueRatio }, names })];
  }
  const numbers = {
    value: lost.value.p5,
    bestValue: best.value.p5,
    valueRatio,
    monthlyCost: lost.candidate.monthlyCost,
    bestMonthlyCost: best.candidate.monthlyCost,
    capacityQps: capacityQps?.p5,
    bestCapacityQps: bestQps?.p5,
    wantedQps: wantedQps(setting),
  };
  const priced = { ...names, currency: setting.currency };
  return [fact('advice-less-for-its-price', { numbers, names: priced })];
}

const bestNames = ({ candidate: { strategy, shardCount } }: Judged) => ({
  best: strategy,
  bestShards: String(shardCount),
});

/** @param bestFraction of the candidate that it is compared with; absent: with none */
export const liesApart = ({ fraction, tables }: Apart, bestFraction?: number): Fact =>
  fact('advice-lies-apart', {
    numbers: { apartFraction: fraction, bestApartFraction: bestFraction },
    names: { tables },
  });

function causes(lost: Judged, best: Judged): Fact[] {
  const [own, its] = [lost.candidate, best.candidate];
  const facts: Fact[] = [];
  const more = (a: number, b: number): boolean => a > b + noticed;
  if (more(own.asked.scatterFraction, its.asked.scatterFraction)) {
    const numbers = {
      scatterFraction: own.asked.scatterFraction,
      bestScatterFraction: its.asked.scatterFraction,
      everywhereFraction: own.work.everywhere,
    };
    facts.push(fact('advice-asks-all-shards', { numbers }));
  }
  if (more(own.asked.crossShardFraction, its.asked.crossShardFraction)) {
    const numbers = {
      crossShardFraction: own.asked.crossShardFraction,
      bestCrossShardFraction: its.asked.crossShardFraction,
    };
    facts.push(fact('advice-crosses-shards', { numbers }));
  }
  if (more(own.key.apart.fraction, its.key.apart.fraction)) {
    facts.push(liesApart(own.key.apart, its.key.apart.fraction));
  }
  const [ratio, bestRatio] = [lost, best].map(({ outlook }) => outlook.maxOverMean.p95);
  if (own.shardCount === its.shardCount && (ratio ?? 0) > uneven * (bestRatio ?? 0)) {
    const numbers = { maxOverMean: ratio, bestMaxOverMean: bestRatio, shards: own.shardCount };
    facts.push(fact('advice-placed-unevenly', { numbers }));
  }
  if (own.traits.splits && more(own.asked.fanOut, its.asked.fanOut)) {
    const numbers = { fanOut: own.asked.fanOut, bestFanOut: its.asked.fanOut };
    facts.push(fact('advice-asks-pieces', { numbers }));
  }
  if (own.overlay !== undefined && its.overlay === undefined && !its.traits.listed) {
    facts.push(fact('advice-keeps-a-list', { numbers: { keys: own.overlay.keys } }));
  }
  if (own.key.lost.length > its.key.lost.length) {
    const numbers = { constraints: own.key.lost.length, bestConstraints: its.key.lost.length };
    facts.push(fact('advice-loses-constraints', { numbers }));
  }
  return facts;
}
