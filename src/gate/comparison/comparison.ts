import { doubtfulCells } from '../../result/cells.ts';
import type {
  ComparedSideFacts,
  ComparisonDocument,
  CountsOfStrategy,
} from '../../result/comparison-document.ts';
import type { Difference } from '../../result/difference.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import { trendOf } from '../trend/trend-of.ts';
import { comparedCounts } from './count-differences.ts';
import { curvesOf } from './curves.ts';
import { designOf } from './design.ts';
import { latencyDifferences } from './latency-differences.ts';
import { cellsOf, matchedCells } from './matched-cells.ts';
import { environmentDifferences, scenarioDifferences } from './setting-differences.ts';
import type { ComparedSide, Pair } from './sides.ts';

/** The document before its findings have sentences. */
export type UnwordedComparison = Omit<ComparisonDocument, 'notes' | 'counts' | 'differences'> & {
  readonly notes: readonly Fact[];
  readonly counts: readonly Unworded<CountsOfStrategy>[];
  readonly differences: readonly Unworded<Difference>[];
};

/** What a comparison says that does not come from the results. */
export type ComparisonHead = Pick<ComparisonDocument, 'startedAt' | 'shardlab' | 'command'>;

/**
 * Compares the last side with the first, and shows all results over time where there are more than
 * two. The sides are in the order in which they were named, their runs in that of their dates.
 */
export function comparisonOf(
  sides: readonly ComparedSide[],
  pair: Pair,
  head: ComparisonHead,
): UnwordedComparison {
  const design = designOf(pair);
  const matched = matchedCells(pair);
  const counts = matched.flatMap((cell) => comparedCounts(cell, pair) ?? []);
  const { family, differences } = latencyDifferences(matched, pair, design);
  const scenario = [...scenarioDifferences(pair)];
  const runs = sides.flatMap((side) => side.runs);
  const isTrend = sides.length > 2;
  return {
    schema: 'shardlab/comparison/v1',
    ...head,
    sides: sides.map(factsOf),
    design,
    scenario,
    environment: [...environmentDifferences(pair)],
    notes: [...notesOf(sides, pair, scenario.length)],
    counts: counts.map((each) => each.counts),
    family,
    differences: [...counts.flatMap((each) => each.differences), ...differences],
    curves: [...curvesOf(matched, design)],
    ...(isTrend && { trend: trendOf(runs) }),
  };
}

function factsOf({ side, given, commit, runs }: ComparedSide): ComparedSideFacts {
  const [first] = runs;
  return {
    side,
    given,
    commit,
    name: first?.result.name ?? '',
    source: first?.result.source ?? 'measured',
    runs: runs.map(({ file, result }) => ({
      file,
      startedAt: result.startedAt,
      seed: result.seed,
      arrivalsDigest: result.arrivalsDigest,
      doubtful: [...doubtfulCells(result)],
    })),
  };
}

function notesOf(sides: readonly ComparedSide[], pair: Pair, changed: number): readonly Fact[] {
  const all = [pair.a, pair.b].flatMap(({ runs }) => runs.map(({ result }) => result));
  const notes: Fact[] = [];
  const add = (code: string, details: Parameters<typeof fact>[1]): void => {
    notes.push(fact(code, details));
  };
  if (sides.length > 2) {
    const names = { a: pair.a.given, b: pair.b.given };
    add('first-and-last', { numbers: { sides: sides.length }, names, place: '/sides' });
  }
  if (changed > 0) {
    add('scenarios-differ', { severity: 'warning', numbers: { changed }, place: '/scenario' });
  }
  const digests = new Set(all.map(({ arrivalsDigest }) => arrivalsDigest));
  add(digests.size === 1 ? 'same-arrivals' : 'other-arrivals', { place: '/sides' });
  for (const [from, to, code] of [
    [pair.a, pair.b, 'only-in-a'],
    [pair.b, pair.a, 'only-in-b'],
  ] as const) {
    const there = new Set(cellsOf(to).map(({ strategy }) => strategy));
    const own = cellsOf(from).map(({ strategy }) => strategy);
    const strategies = [...new Set(own)].filter((strategy) => !there.has(strategy));
    if (strategies.length > 0) add(code, { severity: 'warning', names: { strategies } });
  }
  for (const { side, runs } of sides) {
    const doubtful = runs.flatMap(({ file, result }) => {
      const cells = doubtfulCells(result);
      return cells.length === 0 ? [] : [`${file}: ${cells.join(', ')}`];
    });
    if (doubtful.length === 0) continue;
    const names = { side, runs: doubtful };
    add('runs-not-valid', { severity: 'warning', names, place: '/sides' });
  }
  return notes;
}
