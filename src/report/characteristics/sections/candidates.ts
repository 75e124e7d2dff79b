import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../../result/characteristics-document.ts';
import { integer, percent, short } from '../../../wording/format.ts';
import type { Block, Section, Value } from '../../document.ts';
import { name, sentence } from '../../text.ts';
import { column, missingNote, numberOr, value } from '../../values.ts';
import { bindShareCharts } from '../charts/bind-share.ts';
import { placeOf } from '../rows.ts';

/** All candidates in one table, the most promising first. */
export function candidatesSection(document: CharacteristicsDocument): Section {
  const { candidates } = document;
  const [first] = candidates;
  const blocks: Block[] =
    first === undefined
      ? [{ kind: 'paragraph', text: 'No column was found that could be a shard key.' }]
      : [
          { kind: 'lead', sentences: [leadOf(first)] },
          candidatesTable(candidates),
          ...(document.queries === null
            ? []
            : [{ kind: 'charts' as const, group: bindShareCharts(document) }]),
        ];
  return { id: 'candidates', title: 'Candidates for the shard key', blocks };
}

function leadOf(first: CandidateCharacteristics): string {
  const { bindShare, largestShare, usefulShards } = first;
  const calls =
    bindShare === null
      ? 'no queries were seen'
      : `one shard answers ${percent(bindShare.single + bindShare.reference)} of the calls` +
        ofReferences(bindShare.reference);
  const even =
    largestShare === null
      ? 'how its rows spread is not known'
      : `its largest value has ${percent(largestShare)} of the rows, which leaves at most ` +
        `${short(Math.floor(usefulShards ?? 1))} shards useful`;
  return `The most promising candidate is ${name(first.key)}: ${calls}, and ${even}.`;
}

const ofReferences = (share: number): string =>
  share === 0 ? '' : ` (any shard does for ${percent(share)}, which ask reference tables only)`;

function candidatesTable(candidates: readonly CandidateCharacteristics[]): Block {
  const rows = candidates.map(rowOf);
  return {
    kind: 'table',
    caption: 'Each candidate: how its values spread, and what the queries make of it',
    columns: [
      column('Key', { align: 'text', named: true }),
      column('Tables', { meaning: 'Tables that have a column of the key' }),
      column('Values', { meaning: 'Distinct values', group: 'Rows' }),
      column('Largest', { meaning: 'Share of the rows of the largest value', group: 'Rows' }),
      column('Effective', { meaning: '1 / sum of squared shares', group: 'Rows' }),
      column('Useful shards', { meaning: '1 / share of the largest value', group: 'Rows' }),
      column('NULL', { meaning: 'Rows without a value', group: 'Rows' }),
      column('One shard', { meaning: 'Calls that fix one value of it', group: 'Calls' }),
      column('Several', { meaning: 'Calls that fix several values', group: 'Calls' }),
      column('All', { meaning: 'Calls that all shards must answer', group: 'Calls' }),
      column('Reference', { meaning: 'Calls of reference tables only', group: 'Calls' }),
      column('Cannot run', { meaning: 'Calls that do not run on shards', group: 'Calls' }),
      column('Lost', { meaning: 'Constraints that no shard can hold' }),
      column('Basis', { align: 'text' }),
    ],
    rows,
    note: missingNote(rows),
  };
}

function rowOf(candidate: CandidateCharacteristics): Value[] {
  const { bindShare, distinct, distinctDoubtful } = candidate;
  const shareOf = (share: number | null | undefined): Value =>
    numberOr(share, percent, 'no queries were seen');
  return [
    { ...value(name(candidate.key)), why: candidate.tables.map(placeOf).join(', '), first: true },
    value(integer(candidate.tables.length)),
    distinctDoubtful && distinct === 0
      ? numberOr(null, integer, 'no rows were looked at')
      : {
          ...value(`${distinctDoubtful ? '~' : ''}${integer(distinct)}`),
          why: distinctDoubtful ? 'may be off by more than a factor of 2' : null,
        },
    { ...numberOr(candidate.largestShare, percent, 'not known'), bar: candidate.largestShare },
    numberOr(candidate.effective, (each) => short(each), 'not known'),
    numberOr(candidate.usefulShards, (each) => short(Math.floor(each)), 'not known'),
    value(percent(candidate.nullFraction)),
    shareOf(bindShare?.single),
    shareOf(bindShare?.multi),
    shareOf(bindShare?.scatter),
    shareOf(bindShare?.reference),
    shareOf(bindShare?.notRunnable),
    value(integer(candidate.lostConstraints.length)),
    value(sentence(candidate.basis)),
  ];
}
