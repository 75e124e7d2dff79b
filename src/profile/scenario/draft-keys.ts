import type { CandidateKey } from '../evidence.ts';
import type { DraftKey } from './draft.ts';

export const keysMost = 8;
/** Some are left out for their types. */
const keysTried = 20;

/** The main key first, then those that are most promising; each with a name that YAML takes. */
export function draftKeys(
  candidates: readonly CandidateKey[],
  main: CandidateKey,
  ordered: readonly string[],
): DraftKey[] {
  const rank = (key: string): number => {
    const at = ordered.indexOf(key);
    return at === -1 ? ordered.length : at;
  };
  const others = candidates
    .filter(({ key }) => key !== main.key)
    .toSorted((a, b) => rank(a.key) - rank(b.key))
    .filter(({ because }) => because.some((why) => why !== 'file column'));
  const taken = new Set<string>();
  return [main, ...others].slice(0, keysTried).map(({ key, columns }) => {
    const name = freeName(key, taken);
    taken.add(name);
    return { name, key, columns };
  });
}

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
