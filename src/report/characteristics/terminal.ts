import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../result/characteristics-document.ts';
import { hundredths, integer, listed, percent, short } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name, sentence } from '../text.ts';
import { onOneShard, remedyOf } from './rows.ts';
import { dash, number, plain, words } from '../terminal-entries.ts';

/** Each candidate in one line of at most `width` columns, and what to know in words. */
export function characteristicsTable(
  document: CharacteristicsDocument,
  options: TerminalOptions,
): string {
  const width = sentenceWidth(options);
  const { candidates } = document;
  const parts = [
    candidates.length === 0
      ? 'No column was found that could be a shard key.'
      : layout(heads, candidates.map(rowOf), options),
    ...[legend(document), ownFindings(document), isItTime(document), coverage(document)].map(
      (lines) => lines.flatMap((line) => folded(line, width)).join('\n'),
    ),
    unseen(document, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const heads: readonly Head[] = [
  words('key'),
  number('tables', 3),
  number('values'),
  number('p1 %'),
  number('useful', 2),
  number('NULL %', 6),
  number('load p1 %', 4),
  number('one shard %'),
  number('all %', 5),
  number('cannot %', 1),
  number('lost', 7),
  words('basis', 8),
];

/** Where nobody has looked at rows, none were found, which says nothing. */
function distinctOf({ distinct, distinctDoubtful }: CandidateCharacteristics): Entry {
  if (distinctDoubtful && distinct === 0) return plain(dash);
  const text = `${distinctDoubtful ? '~' : ''}${integer(distinct)}`;
  return { text, tone: distinct < fewValues ? 'bad' : 'plain' };
}

function rowOf(candidate: CandidateCharacteristics): Entry[] {
  const { bindShare, largestShare, load, usefulShards, nullFraction } = candidate;
  const shareOf = (share: number | null): Entry => plain(share === null ? dash : hundredths(share));
  const one = bindShare === null ? null : onOneShard(bindShare);
  return [
    plain(name(candidate.key)),
    plain(String(candidate.tables.length)),
    distinctOf(candidate),
    shareOf(largestShare),
    plain(usefulShards === null ? dash : short(Math.floor(usefulShards))),
    { text: hundredths(nullFraction), tone: nullFraction > 0 ? 'doubtful' : 'plain' },
    shareOf(load.basis === 'rows' ? null : load.largestShare),
    { text: one === null ? dash : hundredths(one), tone: (one ?? 0) >= most ? 'good' : 'plain' },
    shareOf(bindShare === null ? null : bindShare.scatter),
    {
      text: bindShare === null ? dash : hundredths(bindShare.notRunnable),
      tone: (bindShare?.notRunnable ?? 0) > 0 ? 'doubtful' : 'plain',
    },
    plain(String(candidate.lostConstraints.length)),
    plain(candidate.basis),
  ];
}

/** With fewer values than this, few shards are filled. */
const fewValues = 8;
/** The 90 % rule. */
const most = 0.9;

function legend({ candidates, queries }: CharacteristicsDocument): string[] {
  if (candidates.length === 0) return [];
  return [
    'tables: tables that have the key; values: distinct values; p1: share of the rows that the ' +
      'largest value has; useful: the most shards that it leaves useful (1/p1); NULL: rows ' +
      'without a value; load p1: share of the load that the largest value has; one shard, all, ' +
      'cannot: share of the calls that one shard answers (by the key, or any shard by a ' +
      'reference table), that ask all shards, and that cannot run on shards as they are ' +
      'written; lost: constraints that no shard can hold.',
    ...(candidates.some(({ distinctDoubtful, distinct }) => distinctDoubtful && distinct > 0)
      ? ['~: the number of values may be off by more than a factor of 2 (--exact counts them).']
      : []),
    ...(queries === null
      ? ['No queries were seen, so what they would ask of shards is not known.']
      : []),
  ];
}

/** Of the most promising candidate. */
function ownFindings({ candidates }: CharacteristicsDocument): string[] {
  const [first] = candidates;
  return first === undefined
    ? []
    : first.findings.map((each) => `${name(first.key)}: ${sentence(each.text)}`);
}

/** What else than shards may help first. */
function isItTime({ health }: CharacteristicsDocument): string[] {
  const arguing = health.filter((each) => remedyOf(each) !== null);
  if (health.length === 0) return [];
  if (arguing.length === 0) {
    return [
      `Is it time? None of the ${health.length} numbers of the server argues for anything yet.`,
    ];
  }
  return [
    'Is it time? These numbers of the server argue for something:',
    ...arguing.map((each) => `- for ${remedyOf(each) ?? ''}: ${sentence(each.text)}`),
  ];
}

function coverage({ scenario, unparsed }: CharacteristicsDocument): string[] {
  const { coveredShare, scale, notes } = scenario;
  const lost = unparsed.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(coveredShare === null
      ? []
      : [`The scenario's operations stand for ${percent(coveredShare)} of the calls.`]),
    ...(scale === 1
      ? []
      : [`Its tables have ${percent(scale)} of the rows, so that they fit this machine.`]),
    ...notes.map((each) => sentence(each.text)),
    ...(lost === 0
      ? []
      : [
          `${integer(lost)} ${lost === 1 ? 'entry' : 'entries'} of the sources could not be ` +
            `read: ${listed(unparsed.map(whereUnparsed), 5)}.`,
        ]),
  ];
}

const whereUnparsed = ({
  source,
  line,
  reason,
  count,
}: CharacteristicsDocument['unparsed'][number]): string =>
  `${name(source)}${line === null ? '' : `:${line}`} (${sentence(reason)}` +
  `${count > 1 ? `, ${integer(count)} times` : ''})`;

function unseen({ unseen: all }: CharacteristicsDocument, width: number): string {
  if (all.length === 0) return '';
  const lines = all.flatMap((each) => folded(`- ${sentence(each.text)}`, width));
  return ['What could not be seen:', ...lines].join('\n');
}
