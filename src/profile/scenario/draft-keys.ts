import type { CandidateKey, Evidence } from '../evidence.ts';
import type { DraftKey } from './draft.ts';

export const keysMost = 12;
/** Some are left out for their types. */
const keysTried = 20;

/**
 * The main key first, then those that are most promising; each with a name that YAML takes. What is
 * only the number of something within something comes last.
 */
export function draftKeys(
  { candidates, values }: Pick<Evidence, 'candidates' | 'values'>,
  main: CandidateKey,
  ordered: readonly string[],
): DraftKey[] {
  const rank = (key: string): number => {
    const at = ordered.indexOf(key);
    return at === -1 ? ordered.length : at;
  };
  const distinct = (key: string): number =>
    Math.max(0, ...values.filter((each) => each.key === key).map((each) => each.distinct));
  const others = candidates
    .filter(({ key }) => key !== main.key)
    .toSorted(
      (a, b) =>
        Number(isNumberWithin(a, candidates, distinct)) -
          Number(isNumberWithin(b, candidates, distinct)) || rank(a.key) - rank(b.key),
    )
    .filter(({ because }) => because.some((why) => why !== 'file column'));
  const taken = new Set<string>();
  return [main, ...others].slice(0, keysTried).map(({ key, columns }) => {
    const name = freeName(key, taken);
    taken.add(name);
    return { name, key, columns };
  });
}

/**
 * Whether its columns are further columns of a key of several that has far more values: the number
 * of a district says nothing without its warehouse.
 */
function isNumberWithin(
  { key, root, columns }: CandidateKey,
  candidates: readonly CandidateKey[],
  distinct: (key: string) => number,
): boolean {
  if (root !== null || columns.some((each) => each.columns.length > 1)) return false;
  return candidates.some((other) => {
    const isPart = columns.every(({ table, columns: [own = ''] }) =>
      other.columns.some((each) => each.table === table && each.columns.indexOf(own) > 0),
    );
    return isPart && distinct(other.key) > farMore * distinct(key);
  });
}

const farMore = 2;

/** `single` is the name of the baseline. */
function freeName(key: string, taken: ReadonlySet<string>): string {
  const plain = key
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replace(/^(?=\d)|^$/, 'k_')
    .slice(0, 60);
  const first = plain === 'single' ? 'single_key' : plain;
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? first : `${first}_${number}`;
    if (!taken.has(tried)) return tried;
  }
}
