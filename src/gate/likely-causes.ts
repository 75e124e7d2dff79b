import { type Fact, fact } from '../result/finding.ts';
import type { RouterTiming } from '../result/gate-timing.ts';

const place = '/timing';

/**
 * Where a slowdown probably is, from which routers show it. All routers of a key hash (two at
 * least) are slower: the hash, or what all look-ups share. Some are: their own code.
 */
export function likelyCauses(routers: readonly RouterTiming[]): Fact[] {
  const slower = routers.filter(({ status }) => status === 'regressed');
  if (slower.length === 0) return [];
  const hashes = [...new Set(slower.map(({ hash }) => hash))];
  const causes: Fact[] = [];
  const alone: string[] = [];
  for (const hash of hashes) {
    const users = routers.filter((router) => router.hash === hash);
    const hit = users.filter(({ status }) => status === 'regressed');
    if (hash !== null && hit.length === users.length && users.length > 1) {
      const numbers = { routers: users.length };
      causes.push(fact('key-hash-slower', { numbers, names: { hash }, place }));
    } else alone.push(...hit.map(({ router }) => router));
  }
  const others = routers.length - slower.length;
  if (alone.length > 0 && others > 0) {
    const names = { routers: alone };
    causes.push(fact('own-code-slower', { numbers: { others }, names, place }));
  }
  return causes;
}
