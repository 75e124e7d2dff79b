import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../../result/characteristics-document.ts';
import { integer, listed, percent, short } from '../../../wording/format.ts';
import type { Block, Fact, Section } from '../../document.ts';
import { lines, name, sentence } from '../../text.ts';
import { column, missingNote, numberOr, value } from '../../values.ts';
import { heatMapCharts } from '../charts/heat-map.ts';
import { loadShareCharts } from '../charts/load-share.ts';
import { loadBasis, placeOf } from '../rows.ts';

/** Further ones stand in the table of all. */
const shownMost = 6;

/** A section for each of the most promising candidates. */
export function candidateSections({ candidates }: CharacteristicsDocument): Section[] {
  return candidates.slice(0, shownMost).map((candidate, index) => ({
    id: `key-${index + 1}`,
    title: `Key ${name(candidate.key)}`,
    blocks: blocksOf(candidate),
  }));
}

function blocksOf(candidate: CandidateCharacteristics): Block[] {
  const { findings, heatMap } = candidate;
  return [
    { kind: 'facts', facts: factsOf(candidate) },
    ...(findings.length === 0
      ? []
      : [{ kind: 'list' as const, items: findings.map(({ text }) => sentence(text)) }]),
    byTable(candidate),
    { kind: 'charts', group: loadShareCharts(candidate) },
    ...(heatMap === null ? [] : [{ kind: 'charts' as const, group: heatMapCharts(candidate) }]),
    ...frequent(candidate),
    ...lost(candidate),
  ];
}

function factsOf(candidate: CandidateCharacteristics): Fact[] {
  const { tables, keyUpdates, crossShardTransactions, coLocatedJoins, referenceTables } = candidate;
  const share = (part: number | null): string => (part === null ? 'not known' : percent(part));
  return [
    { term: 'Columns', text: tables.map((each) => name(placeOf(each))).join(', ') },
    ...heaviest(candidate),
    { term: 'Changed by updates', text: `${share(keyUpdates)} of the calls` },
    {
      term: 'Transactions with several values',
      text:
        crossShardTransactions === null ? 'no log shows them' : share(crossShardTransactions.share),
    },
    {
      term: 'Joins that stay on a shard',
      text: coLocatedJoins.joins === 0 ? 'no joins seen' : share(coLocatedJoins.share),
    },
    {
      term: 'Reference tables',
      text: referenceTables.length === 0 ? 'none' : listed(referenceTables.map(name), 10),
    },
  ];
}

/** The largest value by load need not be the one by rows. */
function heaviest({ load, largestShare, usefulShards }: CandidateCharacteristics): Fact[] {
  const shards = (most: number): string => short(Math.floor(most));
  const byLoad = `${percent(load.largestShare)} ${loadBasis[load.basis]}`;
  const isOne = load.basis === 'rows' || largestShare === null || usefulShards === null;
  return [
    {
      term: 'Largest value',
      text: isOne ? byLoad : `${byLoad}; ${percent(largestShare)} ${loadBasis.rows}`,
    },
    {
      term: 'Useful shards',
      text: isOne
        ? shards(load.usefulShards)
        : `${shards(load.usefulShards)} by load, ${shards(usefulShards)} by rows`,
    },
  ];
}

function byTable({ byTable: tables, key }: CandidateCharacteristics): Block {
  const rows = tables.map((each) => [
    { ...value(name(each.table)), first: true },
    value(integer(each.rows)),
    value(integer(each.distinct)),
    { ...numberOr(each.largestShare, percent, 'not known'), bar: each.largestShare },
    value(percent(each.nullFraction)),
    numberOr(each.physicalCorrelation, (found) => found.toFixed(2), 'not known'),
    value(each.basis),
  ]);
  return {
    kind: 'table',
    caption: `How the rows of each table spread over ${name(key)}`,
    columns: [
      column('Table', { align: 'text', named: true }),
      column('Rows'),
      column('Values'),
      column('Largest'),
      column('NULL'),
      column('Physical order', {
        meaning: 'Correlation of the order on disk with the order of the values, -1 to 1',
      }),
      column('Basis', { align: 'text' }),
    ],
    rows,
    note: missingNote(rows),
  };
}

function frequent({ key, frequent: all }: CandidateCharacteristics): Block[] {
  if (all.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `The most frequent statements under key ${name(key)}`,
      columns: [
        column('Statement', { align: 'text', named: true }),
        column('Share'),
        column('Shards', { align: 'text' }),
        column('Why', { align: 'text' }),
      ],
      rows: all.map(({ sql, share, fate, reason }) => [
        { ...value(sentence(lines(sql))), first: true },
        { ...value(percent(share)), bar: share },
        value(fateWords[fate]),
        value(reason === undefined ? '—' : sentence(reason.text)),
      ]),
      note: null,
    },
  ];
}

const fateWords = {
  single: 'one',
  multi: 'several',
  scatter: 'all',
  reference: 'any',
  notRunnable: 'cannot run',
} as const;

function lost({ lostConstraints }: CandidateCharacteristics): Block[] {
  if (lostConstraints.length === 0) return [];
  return [
    { kind: 'heading', text: 'Constraints that no shard can hold' },
    {
      kind: 'list',
      items: lostConstraints.map(
        ({ table, kind, columns, references }) =>
          `${kindWords[kind]} of ${name(table)} (${listed(columns.map(name))})` +
          `${references === undefined ? '' : `, which points to ${name(references)}`}.`,
      ),
    },
  ];
}

const kindWords = {
  primary: 'The primary key',
  unique: 'A unique constraint',
  foreign: 'A foreign key',
  exclusion: 'An exclusion constraint',
} as const;
