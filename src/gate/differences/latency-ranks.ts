import type { LatencyRank } from '../../result/repeat.ts';
import { type ComparedCell, isBaseline, pairsOf } from './compared-pairs.ts';
import { comparedQuantity, isDoubtful } from './compared-quantity.ts';
import { documentRules, type FamilyRules, judgeFamily } from './judge-family.ts';
import { overallP50 } from './quantities.ts';

/**
 * Places by median response time, for each cell in their order, among the cells on as many shards;
 * the baseline on one shard has its place among the others where these are on one number of shards.
 * null where a cell has too few repeats for claims, no such median, or a verdict that speaks
 * against its times. A cell is ahead of another where the interval of their ratio leaves out 1, all
 * pairs judged as one family of their own; cells that nothing tells apart share places.
 */
export function latencyRanks(
  cells: readonly ComparedCell[],
  rules: FamilyRules = documentRules,
): (LatencyRank | null)[] {
  const ranked = cells.filter((cell) => isRanked(cell, rules));
  const beaten = beatenPairs(ranked, rules);
  const counts = new Set(ranked.filter((cell) => !isBaseline(cell)).map(shardsOf));
  return cells.map((cell) => {
    if (!ranked.includes(cell) || (isBaseline(cell) && counts.size > 1)) return null;
    const others = new Set(
      ranked.filter(
        (other) =>
          isBaseline(cell) ||
          shardsOf(other) === shardsOf(cell) ||
          (isBaseline(other) && counts.size === 1),
      ),
    );
    const among = beaten.filter(({ fast, slow }) => others.has(fast) && others.has(slow));
    const faster = among.filter(({ slow }) => slow === cell).length;
    const slower = among.filter(({ fast }) => fast === cell).length;
    return { from: 1 + faster, to: others.size - slower };
  });
}

interface Beaten {
  readonly fast: ComparedCell;
  readonly slow: ComparedCell;
}

function beatenPairs(ranked: readonly ComparedCell[], rules: FamilyRules): Beaten[] {
  const pairs = pairsOf(ranked);
  const family = pairs.map((pair) => comparedQuantity(pair, overallP50));
  const verdicts = judgeFamily(family, rules).map(({ verdict }) => verdict);
  return pairs.flatMap(({ a, b }, i) => {
    if (verdicts[i] === 'better') return [{ fast: b, slow: a }];
    return verdicts[i] === 'worse' ? [{ fast: a, slow: b }] : [];
  });
}

const shardsOf = ({ shardCount }: ComparedCell): number => shardCount;

function isRanked(cell: ComparedCell, { claimsFrom }: FamilyRules): boolean {
  const { repeats = [] } = cell;
  const known = repeats.every((repeat) => overallP50.of(repeat).value !== null);
  return repeats.length >= claimsFrom && known && !isDoubtful(cell);
}
