import type { AdviceDocument } from '../../../result/advice-document.ts';
import { counted, ms, percent, rate, short, times } from '../../../wording/format.ts';
import type { Fact, Section } from '../../document.ts';
import { assumptionBlocks } from '../../assumption-blocks.ts';
import { lines, name, sentence } from '../../text.ts';

/** What was asked for, and what the answer rests on, with the places where each can be changed. */
export function basisSection(document: AdviceDocument): Section {
  const { assumptions } = document;
  return {
    id: 'basis',
    title: 'What was asked, and what it rests on',
    startsPage: true,
    blocks: [{ kind: 'facts', facts: askedFacts(document) }, ...assumptionBlocks(assumptions)],
  };
}

function askedFacts({ objectives, basis }: AdviceDocument): Fact[] {
  const { months, capacity, p99Ms, shardCounts } = objectives;
  const { shardQps, instanceQps } = basis;
  const qps = (of: number | null): string =>
    of === null ? 'not known' : `${rate(of)} operations/s`;
  return [
    { term: 'Should last', text: counted(months, 'month') },
    ...(capacity === null
      ? []
      : [{ term: 'Should carry', text: `${times(capacity)} the load of today` }]),
    ...(p99Ms === null ? [] : [{ term: 'p99 at most', text: ms(p99Ms) }]),
    { term: 'Shards compared', text: shardCounts.map(String).join(', ') },
    { term: 'Instance', text: qps(instanceQps) },
    { term: 'A shard', text: qps(shardQps) },
    { term: 'Full at', text: `${percent(basis.utilisation)} of what a database can do` },
    { term: 'In use after', text: counted(basis.leadMonths, 'month') },
    { term: 'Horizon', text: counted(basis.horizonMonths, 'month') },
  ];
}

/** How the candidates were measured, what that cannot show, and how to make it again. */
export function methodSection(document: AdviceDocument): Section {
  const { basis, findings, command, seed, startedAt } = document;
  return {
    id: 'method',
    title: 'How it was found',
    blocks: [
      {
        kind: 'list',
        items: [
          `${short(basis.arrivals)} operations of the scenario were routed for what they ask of ` +
            `the shards, and the keys were placed up to ${short(basis.draws)} times with other ` +
            'salts, or other ids.',
          'Candidates that break a rule are excluded. The others are ranked by capacity for ' +
            'their price, of a placement as bad as one in twenty; what is more than wanted ' +
            'counts for nothing.',
          'Those whose ranges overlap that of the best cannot be told from it: of these the one ' +
            'is recommended that moves least when shards are added, and needs no list of keys.',
          ...findings.map(({ text }) => sentence(text)),
        ],
      },
      { kind: 'heading', text: 'How to make it again' },
      { kind: 'code', text: lines(command) },
      {
        kind: 'facts',
        facts: [
          { term: 'Seed', text: String(seed) },
          { term: 'Made', text: name(startedAt) },
        ],
      },
    ],
  };
}
