import { contentOf } from '../../result/finding-content.ts';
import type { Finding } from '../../result/finding.ts';
import type { RunResult } from '../../result/types.ts';
import { sentences, worded } from '../../wording/worded.ts';
import type { Section } from '../document.ts';
import { namesOf, sentence } from '../text.ts';

/** What the numbers mean, in the run's own sentences; those that differ in the strategy as one. */
export function findingsSection({ findings }: RunResult): Section {
  const items = merged(findings).map(sentence);
  return {
    id: 'findings',
    title: 'Findings',
    blocks:
      items.length === 0
        ? [{ kind: 'paragraph', text: 'There is nothing special to say about these numbers.' }]
        : [{ kind: 'list', items }],
  };
}

/** Findings that are the same but for the one strategy they name become one with all names. */
function merged(findings: readonly Finding[]): readonly string[] {
  const groups = Map.groupBy(findings, withoutStrategy);
  return [...groups.values()].map((alike) => {
    const [first] = alike;
    if (first === undefined) return '';
    const strategies = alike.flatMap((one) => strategyOf(one) ?? []);
    if (strategies.length < 2) return first.text;
    return worded({ ...first, names: { ...first.names, strategy: namesOf(strategies) } }).text;
  });
}

function withoutStrategy(finding: Finding): string {
  // One with a code of a later version keeps its own sentence.
  if (strategyOf(finding) === null || sentences[finding.code] === undefined) {
    return contentOf(finding);
  }
  return contentOf({ ...finding, names: { ...finding.names, strategy: '' } });
}

function strategyOf({ names }: Finding): string | null {
  const strategy = names?.['strategy'];
  return typeof strategy === 'string' ? strategy : null;
}
