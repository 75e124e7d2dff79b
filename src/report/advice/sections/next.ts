import type { AdviceDocument } from '../../../result/advice-document.ts';
import type { Block, Section } from '../../document.ts';
import { name, sentence } from '../../text.ts';

/** The files to go on with. */
export function nextSection({ next, recommendation }: AdviceDocument): Section {
  const blocks: Block[] =
    next.length === 0
      ? [{ kind: 'paragraph', text: nothingText(recommendation.kind) }]
      : [
          {
            kind: 'paragraph',
            text:
              'These files are beside this report. Begin with next/migration.md, which has the ' +
              'steps in their order; take the router of your language, or the configuration of ' +
              'the engine that you use. Every key is on the shard of the recommendation, except ' +
              'where a different placement is named: that brings a shard map of its own.',
          },
          {
            kind: 'facts',
            facts: next.map(({ path, placement, note }) => ({
              term: name(path),
              text: `${placement === 'exact' ? '' : 'Different placement. '}${sentence(note.text)}`,
            })),
          },
        ];
  return { id: 'next', title: 'What to use next', blocks };
}

function nothingText(kind: AdviceDocument['recommendation']['kind']): string {
  if (kind === 'stay') {
    return 'Nothing is written: the answer is to stay on one instance.';
  }
  return 'Nothing is written: no number of shards is recommended.';
}
