import type { RunResult } from '../../result/types.ts';
import type { Section } from '../document.ts';
import { namesOf, sentence } from '../text.ts';

/** What the numbers mean, in the run's own sentences; those that differ in the strategy as one. */
export function findingsSection(result: RunResult): Section {
  const items = merged(result).map(sentence);
  return {
    id: 'findings',
    title: 'Findings',
    blocks:
      items.length === 0
        ? [{ kind: 'paragraph', text: 'There is nothing special to say about these numbers.' }]
        : [{ kind: 'list', items }],
  };
}

const place = '\u0000';

/** Sentences that are the same but for the one strategy they name become one with all names. */
function merged({ findings, cells }: RunResult): readonly string[] {
  const strategies = cells
    .map(({ strategy }) => strategy)
    .filter((strategy) => strategy !== '')
    .toSorted((a, b) => b.length - a.length);
  const groups = new Map<string, string[]>();
  for (const finding of findings) {
    const strategy = onlyOne(finding, strategies);
    const pattern = strategy === null ? finding : finding.replaceAll(strategy, () => place);
    const names = groups.get(pattern) ?? [];
    groups.set(pattern, strategy === null ? names : [...names, strategy]);
  }
  return [...groups].map(([pattern, names]) => pattern.replaceAll(place, () => namesOf(names)));
}

/** The strategy that a sentence names when it names one; the longest where one is part of another. */
function onlyOne(finding: string, longestFirst: readonly string[]): string | null {
  let rest = finding;
  const found = longestFirst.filter((strategy) => {
    const named = rest.includes(strategy);
    rest = rest.replaceAll(strategy, '');
    return named;
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
