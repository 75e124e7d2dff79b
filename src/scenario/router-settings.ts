import type { RoutedKeyType } from '../base/keys.ts';
import type { Path, Problems } from './problem.ts';
import type { RouterName } from './vocabulary.ts';

/** Adds what is wrong with a strategy's settings, or with giving none. */
export function checkSettings(
  settings: unknown,
  router: RouterName,
  keyType: RoutedKeyType | undefined,
  topologies: readonly { readonly weights: readonly number[] }[] | undefined,
  path: Path,
  problems: Problems,
): void {
  if (router.settingsProblems === undefined) {
    if (settings !== undefined) {
      problems.add(path, `${router.name} takes no settings; allowed: none`);
    }
    return;
  }
  // Of another part's problems nothing follows for the settings.
  if (keyType === undefined || topologies === undefined) return;
  if (!router.keyTypes.includes(keyType)) return;
  const { settingsProblems } = router;
  const found = topologies.flatMap(({ weights }) => settingsProblems(settings, weights, keyType));
  for (const text of new Set(found)) problems.add(path, text);
}

/** What tells strategies that differ in their settings alone apart: `+settings2` and so on. */
export function settingsName(
  each: { readonly written: string; readonly settings?: unknown },
  strategies: readonly { readonly written: string; readonly settings?: unknown }[],
): string {
  const own = JSON.stringify(each.settings);
  const distinct = new Set(
    strategies
      .filter(({ written }) => written === each.written)
      .map(({ settings }) => JSON.stringify(settings)),
  );
  const place = [...distinct].indexOf(own);
  return place <= 0 ? '' : `+settings${place + 1}`;
}
