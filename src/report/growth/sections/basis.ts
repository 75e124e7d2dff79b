import type { GrowthDocument } from '../../../result/growth-document.ts';
import type { Section } from '../../document.ts';
import { assumptionBlocks } from '../../assumption-blocks.ts';
import { lines, name, sentence } from '../../text.ts';

/** Every assumption with the place where it can be changed. */
export function assumptionsSection({ assumptions }: GrowthDocument): Section {
  return {
    id: 'assumptions',
    title: 'Assumptions',
    startsPage: true,
    blocks: [...assumptionBlocks(assumptions)],
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
