import type { GrowthDocument } from '../../../result/growth-document.ts';
import type { Section } from '../../document.ts';
import { lines, name, sentence } from '../../text.ts';
import { column, value } from '../../values.ts';

/** Every assumption with the place where it can be changed. */
export function assumptionsSection({ assumptions }: GrowthDocument): Section {
  return {
    id: 'assumptions',
    title: 'Assumptions',
    startsPage: true,
    blocks: [
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
    ],
  };
}

/** What the numbers cannot show, and how to make them again. */
export function limitsSection(document: GrowthDocument): Section {
  const { findings, command, seed, arrivalsDigest, startedAt, scenario } = document;
  return {
    id: 'limits',
    title: 'Limits of this result',
    blocks: [
      { kind: 'list', items: findings.map(({ text }) => sentence(text)) },
      { kind: 'heading', text: 'How to make it again' },
      { kind: 'code', text: lines(command) },
      {
        kind: 'facts',
        facts: [
          { term: 'Seed', text: String(seed) },
          { term: 'Arrivals digest', text: name(arrivalsDigest) },
          { term: 'Made', text: name(startedAt) },
        ],
      },
      {
        kind: 'details',
        summary: 'The scenario as understood, all defaults filled in',
        blocks: [{ kind: 'code', text: lines(JSON.stringify(scenario, null, 2)) }],
      },
    ],
  };
}
