import { present } from '../../base/assert.ts';
import { mean } from '../../base/statistics/moments.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { leftOut } from '../../result/left-out.ts';
import type { VerdictStatus } from '../../result/types.ts';
import type { ComparedCell, Pair } from './compared-pairs.ts';
import { type InTurn, neighbourError } from './neighbour-error.ts';
import type { Measured, Quantity } from './quantities.ts';
import { pairedRatio, type RatioSample } from './ratio-sample.ts';

/** One quantity of two cells, repeat by repeat. */
export interface ComparedQuantity {
  /** Geometric means over the repeats that both have; null where a value is missing. */
  readonly a: number | null;
  readonly b: number | null;
  readonly repeats: number;
  /** null: it cannot be compared, and `note` says why. */
  readonly sample: RatioSample | null;
  readonly note: Fact | null;
}

/** Cells whose times are not their strategy's, or do not stand for the whole window. */
const doubtful: ReadonlySet<VerdictStatus> = new Set([
  'GENERATOR-BOUND',
  'DRIFTING',
  'NOISY',
  'EXTRAPOLATED',
  'EMPTY',
]);

export const isDoubtful = ({ verdict }: ComparedCell): boolean =>
  verdict !== null && doubtful.has(verdict.status);

/** Repeats of one number lie side by side in time: they are the pairs. */
export function comparedQuantity({ a, b, ...names }: Pair, quantity: Quantity): ComparedQuantity {
  const [ofA, ofB] = [valuesOf(a, quantity), valuesOf(b, quantity)];
  const common = [...ofA.keys()].filter((repeat) => ofB.has(repeat));
  const side = (of: typeof ofA) => common.map((repeat) => present(of.get(repeat), 'repeat'));
  const [left, right] = [side(ofA), side(ofB)];
  const note =
    cellsNote(a, b, names) ?? workNote(a, b, quantity) ?? valuesNote(left, right, quantity);
  return {
    a: geometricMean(values(left)),
    b: geometricMean(values(right)),
    repeats: common.length,
    sample: note === null ? sampleOf(left, right) : null,
    note,
  };
}

/** As pairs tell it, and no more certain than turns that follow one another allow. */
function sampleOf(a: readonly Turn[], b: readonly Turn[]): RatioSample | null {
  const sample = pairedRatio(values(a), values(b));
  if (sample === null) return null;
  const error = neighbourError(a.map(inTurn), b.map(inTurn));
  return { ...sample, standardError: Math.max(sample.standardError, error) };
}

const values = (turns: readonly Turn[]): (number | null)[] => turns.map(({ value }) => value);

const inTurn = ({ turn, value }: Turn): InTurn => ({ turn, value: present(value, 'value') });

/** What one repeat measured, in its turn. */
interface Turn extends Measured {
  readonly turn: number;
}

function valuesOf({ repeats = [] }: ComparedCell, quantity: Quantity): Map<number, Turn> {
  return new Map(
    repeats.flatMap((repeat) => {
      const measured = quantity.of(repeat);
      return measured === undefined ? [] : [[repeat.repeat, { ...measured, turn: repeat.turn }]];
    }),
  );
}

/** What forbids to compare the two cells at all. */
function cellsNote(
  a: ComparedCell,
  b: ComparedCell,
  { against, strategy }: Omit<Pair, 'a' | 'b'>,
): Fact | null {
  const [attemptA, attemptB] = [a.attempt ?? 1, b.attempt ?? 1];
  if (attemptA !== attemptB) {
    return fact('repeats-not-interleaved', {
      numbers: { attempt: attemptB, againstAttempt: attemptA },
      names: { strategy, against },
    });
  }
  const sides = [
    { name: against, cell: a },
    { name: strategy, cell: b },
  ];
  const bad = sides.filter(({ cell }) => isDoubtful(cell));
  if (bad.length === 0) return null;
  return fact('cells-doubtful', {
    names: {
      strategies: bad.map(({ name }) => name),
      verdicts: bad.map(({ cell }) => cell.verdict?.status ?? ''),
    },
  });
}

/** The operations of cells together are the same only where the same ones run. */
function workNote(a: ComparedCell, b: ComparedCell, { operation }: Quantity): Fact | null {
  if (operation !== undefined) return null;
  const same = leftOut(a).operations === leftOut(b).operations;
  return same ? null : fact('workloads-differ');
}

function valuesNote(
  a: readonly Measured[],
  b: readonly Measured[],
  { operation }: Quantity,
): Fact | null {
  const all = [...a, ...b];
  const names = { operation };
  if (all.length === 0) return fact('operation-not-run', { names });
  if (all.some(({ censored }) => censored)) return fact('times-among-failures', { names });
  // Zero is below what clocks tell: there is no ratio of it.
  if (!all.every(({ value }) => value !== null && value > 0)) return fact('times-too-few');
  return a.length < 2 ? fact('repeats-one') : null;
}

function geometricMean(numbers: readonly (number | null)[]): number | null {
  const logs = numbers.flatMap((value) => (value !== null && value > 0 ? [Math.log(value)] : []));
  return logs.length === 0 || logs.length < numbers.length ? null : Math.exp(mean(logs));
}
