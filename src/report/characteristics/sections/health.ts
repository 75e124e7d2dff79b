import type { CharacteristicsDocument } from '../../../result/characteristics-document.ts';
import { short } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { sentence } from '../../text.ts';
import { column, value } from '../../values.ts';
import { remedyOf } from '../rows.ts';

/** What to look at before sharding: the numbers of the server, and what they argue for. */
export function healthSection({ health }: CharacteristicsDocument): Section {
  const arguing = health.filter((each) => remedyOf(each) !== null);
  const blocks: Block[] =
    health.length === 0
      ? [{ kind: 'paragraph', text: 'No server was asked, so this is not known.' }]
      : [
          {
            kind: 'paragraph',
            text:
              arguing.length === 0
                ? 'None of these numbers argues for anything yet.'
                : 'What is cheaper than shards comes first: an index, a pooler, a replica.',
          },
          {
            kind: 'table',
            caption: 'Numbers of the server, and what each argues for',
            columns: [
              column('What', { align: 'text' }),
              column('Value'),
              column('Argues for', { align: 'text' }),
              column('Meaning', { align: 'text' }),
            ],
            rows: [...arguing, ...health.filter((each) => !arguing.includes(each))].map((each) => [
              { ...value(each.code.replaceAll('-', ' ')), first: true },
              value(`${short(each.value)} ${each.unit}`.trim()),
              {
                ...value(remedyOf(each) ?? '—'),
                tone: remedyOf(each) === null ? 'plain' : 'doubtful',
              },
              value(sentence(each.text)),
            ]),
            note: null,
          },
        ];
  return { id: 'is-it-time', title: 'Is it time to shard?', blocks };
}
