import type { RouterTiming } from '../result/gate-timing.ts';

/**
 * Where a slowdown probably is, from which routers show it. All routers of a key hash (two at least)
 * are slower: the hash, or what all look-ups share. Some are: their own code.
 */
export function likelyCauses(routers: readonly RouterTiming[]): string[] {
  const slower = routers.filter(({ status }) => status === 'regressed');
  if (slower.length === 0) return [];
  const hashes = [...new Set(slower.map(({ hash }) => hash))];
  const causes: string[] = [];
  const alone: string[] = [];
  for (const hash of hashes) {
    const users = routers.filter((router) => router.hash === hash);
    const hit = users.filter(({ status }) => status === 'regressed');
    if (hash !== null && hit.length === users.length && users.length > 1) {
      causes.push(
        `all ${users.length} routers that use the key hash ${hash} are slower, so the key hash ` +
          `${hash} (or code that every look-up runs) is the likely cause`,
      );
    } else alone.push(...hit.map(({ router }) => router));
  }
  const others = routers.length - slower.length;
  if (alone.length > 0 && others > 0) {
    const whose = alone.length === 1 ? `the code of ${alone[0]} itself` : 'their own code';
    const they =
      others === 1
        ? 'the other router was not found slower'
        : `${others} others were not found slower`;
    causes.push(`${whose} is the likely cause: ${they}`);
  }
  return causes;
}
