import type { GrowthDocument } from '../result/growth-document.ts';
import type { Section } from './document.ts';
import { name, sentence } from './text.ts';
import { column, value } from './values.ts';

/** Every assumption with the place where it can be changed. */
export function assumptionBlocks(assumptions: GrowthDocument['assumptions']): Section['blocks'] {
  return [
    {
      kind: 'paragraph',
      text: 'To change an assumption, write its path with another value into the scenario.',
    },
    {
      kind: 'table',
      caption: 'Assumptions and where each is changed',
      columns: [
        column('Path in the scenario', { align: 'text' }),
        column('Value', { align: 'text' }),
        column('From', { align: 'text' }),
        column('Meaning', { align: 'text' }),
      ],
      rows: assumptions.map(({ path, value: text, meaning, isDefault }) => [
        { ...value(name(path)), first: true },
        value(name(text)),
        value(isDefault ? 'default' : 'scenario'),
        value(sentence(meaning)),
      ]),
      note: null,
    },
  ];
}
