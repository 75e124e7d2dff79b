import type { CandidateKey, ChildShape, KeyValues } from '../../../profile/evidence.ts';
import { parentsToAsk } from './child-shapes.ts';

/**
 * Values of tables below a candidate's root, with what the root's rows have shown: how many of them
 * have rows there is how many distinct values there are, and a sample of parents with all their
 * children knows more of rows a value than a sample of rows.
 *
 * @param shapes of parents, each with all its children
 */
export function refinedValues(
  values: readonly KeyValues[],
  candidates: readonly CandidateKey[],
  shapes: readonly ChildShape[],
): KeyValues[] {
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  return values.map((each) => {
    const candidate = byKey.get(each.key);
    const own = candidate?.columns.find(({ table }) => table === each.table)?.columns.join();
    const shape = shapes.find(
      ({ parent, child, columns }) =>
        parent === candidate?.root && child === each.table && columns.join() === own,
    );
    return shape === undefined || each.basis === 'exact' ? each : refined(each, shape);
  });
}

/** Fewer parents with children say little of how many there are. */
const parentsLeast = 10;
/** Rows without a parent are rows of values that the root does not have. */
const orphansMost = 0.2;

function refined(
  values: KeyValues,
  { parents, childless, mean, quantiles }: ChildShape,
): KeyValues {
  const there = values.rows * (1 - values.nullFraction);
  const orphans = there === 0 ? 0 : 1 - (parents * mean) / there;
  const drawn = Math.min(parents, parentsToAsk) * (1 - childless);
  if (drawn < parentsLeast || Math.abs(orphans) > orphansMost) return values;
  const distinct = Math.max(values.top.length, Math.round(parents * (1 - childless)));
  return {
    ...values,
    distinct,
    distinctDoubtful: false,
    rowsPerValue: withoutChildless(quantiles, childless),
  };
}

/** Quantiles over the parents that have children. */
function withoutChildless(quantiles: readonly number[], childless: number): number[] {
  const last = quantiles.length - 1;
  if (last < 1) return [];
  return quantiles.map((_, at) => {
    const position = last * (childless + (1 - childless) * (at / last));
    const low = Math.min(last, Math.floor(position));
    const [below, above] = [quantiles[low] ?? 0, quantiles[Math.min(last, low + 1)] ?? 0];
    return Math.max(1, below + (position - low) * (above - below));
  });
}
