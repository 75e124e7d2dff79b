import type { ComparisonDesign } from '../../result/comparison-document.ts';
import type { Difference, DifferenceFamily } from '../../result/difference.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import { documentRules, judgeFamily, type JudgedMember } from '../differences/judge-family.ts';
import { primaryMetric } from '../differences/quantities.ts';
import { pairedRatio, type RatioSample, welchRatio } from '../differences/ratio-sample.ts';
import { incomparableCells, incomparableSides, usableCells } from './comparability.ts';
import { latenciesOf } from './latency-metrics.ts';
import type { MatchedCell, Pair } from './sides.ts';

/** A latency on both sides, before it is judged among the others. */
interface Hypothesis extends Pick<Difference, 'strategy' | 'metric' | 'tags' | 'samples'> {
  readonly primary: boolean;
  readonly a: number | null;
  readonly b: number | null;
  readonly sample: RatioSample | null;
  /** Why there is no sample; null where there is one. */
  readonly reason: Fact | null;
}

export interface LatencyDifferences {
  readonly family: DifferenceFamily;
  readonly differences: readonly Unworded<Difference>[];
}

/**
 * Latencies of both sides, each by what varies from run to run: in pairs where the runs alternate,
 * for then what changed the machine changed both. Runs that were measured apart give intervals and
 * no claim.
 */
export function latencyDifferences(
  matched: readonly MatchedCell[],
  pair: Pair,
  design: ComparisonDesign,
): LatencyDifferences {
  const reason = incomparableSides(pair);
  const all = matched.flatMap((cell) => hypothesesOf(cell, design, reason));
  const family = all.filter(({ primary }) => primary);
  const judged = new Map(
    judgeFamily(family, documentRules).map((each, index) => [family[index], each]),
  );
  return {
    family: {
      metric: primaryMetric,
      size: family.length,
      errorRate: documentRules.errorRate,
      correction: 'holm',
      claimsFrom: documentRules.claimsFrom,
    },
    differences: all.map((each) => {
      const member = judged.get(each);
      return member === undefined ? explored(each, design) : claimed(each, member);
    }),
  };
}

function hypothesesOf(
  matched: MatchedCell,
  design: ComparisonDesign,
  incomparable: Fact | null,
): readonly Hypothesis[] {
  const { a, b } = usableCells(matched, design);
  const ratioOf = design === 'alternating' ? pairedRatio : welchRatio;
  const reason = incomparable ?? incomparableCells({ a, b }, matched);
  const named = [...matched.a, ...matched.b].filter((cell) => cell !== null);
  return latenciesOf(named).map(({ metric, tags, read }) => {
    const [ofA, ofB] = [a.map(read), b.map(read)];
    const sample = reason === null ? ratioOf(ofA, ofB) : null;
    return {
      strategy: matched.strategy,
      metric,
      tags: { ...tags },
      primary: metric === primaryMetric && design !== 'apart',
      a: geometricMean(ofA),
      b: geometricMean(ofB),
      samples: { a: a.length, b: b.length },
      sample,
      reason: reason ?? (sample === null ? unmeasured(ofA, ofB) : null),
    };
  });
}

type Values = readonly (number | null)[];

function unmeasured(a: Values, b: Values): Fact {
  const missing = [...a, ...b].filter((value) => value === null).length;
  return fact('percentile-unknown', { numbers: { missing, values: a.length + b.length } });
}

/** null where a value is missing, and where there is none. */
function geometricMean(values: Values): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null || value <= 0) return null;
    sum += Math.log(value);
  }
  return values.length === 0 ? null : Math.exp(sum / values.length);
}

function claimed(hypothesis: Hypothesis, member: JudgedMember): Unworded<Difference> {
  const { sample, reason } = hypothesis;
  const few = sample !== null && sample.pairs < documentRules.claimsFrom;
  const numbers = { runs: sample?.pairs, needed: documentRules.claimsFrom };
  const note = few ? fact('too-few-runs', { numbers }) : reason;
  return {
    ...plain(hypothesis),
    interval: member.interval,
    verdict: member.verdict,
    ...(note !== null && { note }),
  };
}

/** Not among those that were named beforehand: each by itself, and without a claim. */
function explored(hypothesis: Hypothesis, design: ComparisonDesign): Unworded<Difference> {
  const { sample, reason } = hypothesis;
  if (sample === null) {
    return {
      ...plain(hypothesis),
      interval: null,
      verdict: 'not-comparable',
      ...(reason !== null && { note: reason }),
    };
  }
  const [alone] = judgeFamily([{ sample }], documentRules);
  return {
    ...plain(hypothesis),
    interval: alone?.interval ?? null,
    verdict: 'none',
    note: fact(design === 'apart' ? 'measured-apart' : 'exploratory'),
  };
}

const plain = ({ strategy, metric, tags, a, b, samples, primary, sample }: Hypothesis) => ({
  strategy,
  metric,
  tags,
  a,
  b,
  ratio: sample?.ratio ?? null,
  samples,
  primary,
});
