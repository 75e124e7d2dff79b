import { present } from '../../base/assert.ts';
import { fact, type Unworded } from '../../result/finding.ts';
import type { Difference, DifferenceFamily } from '../../result/difference.ts';
import { type ComparedCell, operationNames, type Pair, pairsOf } from './compared-pairs.ts';
import { comparedQuantity, type ComparedQuantity } from './compared-quantity.ts';
import { documentRules, type FamilyRules, type JudgedMember, judgeFamily } from './judge-family.ts';
import {
  exploratoryQuantities,
  primaryMetric,
  primaryQuantity,
  type Quantity,
} from './quantities.ts';

export interface RunDifferences {
  readonly family: DifferenceFamily;
  /** The primary family first. */
  readonly differences: Unworded<Difference>[];
}

/** Of more pairs only the primary family is kept: a document of many strategies stays small. */
const exploredPairs = 200;

interface Compared extends ComparedQuantity {
  readonly pair: Pair;
  readonly quantity: Quantity;
}

/**
 * What differs in latency between the cells of a run, of those that were measured in repeats; null
 * where fewer than two were. Claims are made of the primary family alone, the median service time
 * of each operation for each pair of cells; the rest is shown with intervals, and never claimed.
 */
export function runDifferences(
  cells: readonly ComparedCell[],
  rules: FamilyRules = documentRules,
): RunDifferences | null {
  const repeated = cells.filter(({ repeats }) => repeats !== undefined && repeats.length > 0);
  const pairs = pairsOf(repeated);
  const operations = operationNames(repeated);
  if (pairs.length === 0 || operations.length === 0) return null;
  const primary = compareAll(pairs, operations.map(primaryQuantity));
  const explored = pairs.length > exploredPairs ? [] : exploratoryQuantities(operations);
  const exploratory = [...Map.groupBy(explored, ({ metric }) => metric).values()].flatMap(
    (quantities) => judged(compareAll(pairs, quantities).filter(isKnown), rules, false),
  );
  const { errorRate, claimsFrom } = rules;
  return {
    family: {
      metric: primaryMetric,
      size: primary.length,
      errorRate,
      correction: 'holm',
      claimsFrom,
    },
    differences: [...judged(primary, rules, true), ...exploratory],
  };
}

function compareAll(pairs: readonly Pair[], quantities: readonly Quantity[]): Compared[] {
  return quantities.flatMap((quantity) =>
    pairs.map((pair) => ({ ...comparedQuantity(pair, quantity), pair, quantity })),
  );
}

/** A p99 of too few samples is left out, not listed as missing for every pair. */
const isKnown = ({ a, b }: Compared): boolean => a !== null && b !== null;

function judged(
  family: readonly Compared[],
  rules: FamilyRules,
  primary: boolean,
): Unworded<Difference>[] {
  const members = judgeFamily(family, rules);
  return family.map((one, i) => differenceOf(one, present(members[i], 'member'), rules, primary));
}

function differenceOf(
  { pair, quantity, a, b, repeats, sample, note }: Compared,
  { verdict, interval }: JudgedMember,
  { claimsFrom }: FamilyRules,
  primary: boolean,
): Unworded<Difference> {
  const few = fact('repeats-too-few', { numbers: { repeats, repeatsNeeded: claimsFrom } });
  const why = note ?? (verdict === 'not-comparable' ? few : null);
  return {
    strategy: pair.strategy,
    against: pair.against,
    metric: quantity.metric,
    tags: quantity.operation === undefined ? {} : { operation: quantity.operation },
    a,
    b,
    ratio: sample?.ratio ?? null,
    interval,
    samples: { a: repeats, b: repeats },
    verdict: primary || verdict === 'not-comparable' ? verdict : 'none',
    primary,
    ...(why && { note: why }),
  };
}
