import type { AdviceDocument, AdvisedCandidate } from '../../../result/advice-document.ts';
import { reasonWords } from '../../../wording/advice-words.ts';
import {
  hundredths,
  money,
  percent,
  ratio,
  rate,
  short,
  significant,
  times,
} from '../../../wording/format.ts';
import type { Block, Column, Section, Value } from '../../document.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, numberOr, value } from '../../values.ts';
import { keysOf, labelOf, monthsText, reasonsText, strategyLabel, tones } from '../rows.ts';
import { shownCandidates } from '../shown-candidates.ts';

/** The candidates that a reader asks about first, then all of them by key. */
export function candidatesSection(document: AdviceDocument): Section {
  const shown = shownCandidates(document);
  return {
    id: 'candidates',
    title: 'The candidates, and why each is not the one',
    startsPage: true,
    blocks: [
      candidateTable('The candidates to look at first', shown, document),
      { kind: 'paragraph', text: meaningOf(document) },
      reasonList(shown),
      ...(shown.length === document.candidates.length
        ? []
        : keysOf(document).map((key) => allOfKey(key, document))),
    ],
  };
}

function allOfKey(key: string, document: AdviceDocument): Block {
  const own = document.candidates.filter((each) => each.key === key);
  return {
    kind: 'details',
    summary: `All ${own.length} candidates of ${name(key)}`,
    blocks: [candidateTable(`All candidates of ${name(key)}`, own, document), reasonList(own)],
  };
}

/** Candidates with the same reasons, in the same numbers, stand together. */
function reasonList(candidates: readonly AdvisedCandidate[]): Block {
  const others = candidates.filter(({ reasons }) => reasons.length > 0);
  const alike = Map.groupBy(others, reasonsText);
  return {
    kind: 'list',
    items: [...alike].map(([text, own]) => `${own.map(labelOf).join(', ')}: ${sentence(text)}`),
  };
}

interface Field {
  readonly column: Column;
  readonly of: (candidate: AdvisedCandidate) => Value;
}

const notBuilt = 'it cannot be built';
const noCapacity = 'no capacity is known';
const notMoved = 'it cannot be doubled, or nobody knows';
const shareOr = (part: number | null): Value => numberOr(part, hundredths, notBuilt);

const fields: readonly Field[] = [
  {
    column: column('Candidate', { align: 'text', named: true }),
    of: (candidate) => ({ ...value(strategyLabel(candidate)), first: true }),
  },
  { column: column('shards'), of: ({ shardCount }) => value(String(shardCount)) },
  {
    column: column('Status', { align: 'text' }),
    of: ({ status }) => ({ ...value(status), tone: tones[status] }),
  },
  {
    // In a few words; the sentences stand below.
    column: column('Why', { align: 'text' }),
    of: ({ reasons: [first] }) => value(first === undefined ? '' : reasonWords(first.code)),
  },
  {
    column: column('one shard', { group: '% of operations', meaning: 'One shard answers' }),
    of: ({ singleShardFraction }) => shareOr(singleShardFraction),
  },
  {
    column: column('several', { group: '% of operations', meaning: 'Write or lock on several' }),
    of: ({ crossShardFraction }) => shareOr(crossShardFraction),
  },
  {
    column: column('all', { group: '% of operations', meaning: 'Ask all shards' }),
    of: ({ scatterFraction }) => shareOr(scatterFraction),
  },
  {
    column: column('max/mean', { meaning: 'Load of the fullest shard, p5 to p95' }),
    of: ({ band, strategy }) => {
      if (band === null)
        return missing(strategy === null ? 'one instance has no shards' : notBuilt);
      const [low, high] = [ratio(band.p5), ratio(band.p95)];
      return value(low === high ? low : `${low} to ${high}`);
    },
  },
  {
    column: column('op/s', { group: 'capacity', meaning: 'Operations of the mix a second' }),
    of: ({ capacityQps }) => numberOr(capacityQps, (qps) => rate(Math.round(qps)), noCapacity),
  },
  {
    column: column('times', { group: 'capacity', meaning: 'Against the instance' }),
    of: ({ capacityRatio }) => numberOr(capacityRatio, times, notBuilt),
  },
  {
    column: column('months', { meaning: 'Until the first shard is full, by the trend' }),
    of: ({ monthsToFull }) =>
      monthsToFull === null ? missing(noCapacity) : value(monthsText(monthsToFull.trend)),
  },
  {
    column: column('bill', { meaning: 'A month' }),
    of: ({ monthlyCost }) => value(money(monthlyCost)),
  },
  {
    column: column('moves', { meaning: 'Load that moves when the shards are doubled' }),
    of: ({ movedFraction }) => numberOr(movedFraction, percent, notMoved),
  },
];

/** What only simulated candidates have. */
const timed = { group: 'p99, ms' };
const notSimulated = 'it was not simulated';
const timeFields: readonly Field[] = [
  {
    column: column('now', { ...timed, meaning: 'At the load of today' }),
    of: ({ p99Ms, simulated: how }) => timeValue(p99Ms, how?.usedFraction),
  },
  {
    column: column('at twice', { ...timed, meaning: 'At twice the load of today' }),
    of: ({ p99MsAtTwice, simulated: how }) => timeValue(p99MsAtTwice, how?.usedFractionAtTwice),
  },
];

/** A shard that gets more work than it can do has no p99: its queue only grows. */
function timeValue(p99Ms: number | null, usedFraction: number | undefined): Value {
  if (p99Ms !== null) return value(significant(p99Ms));
  if (usedFraction === undefined) return missing(notSimulated);
  if (usedFraction < 1) return missing('too few operations were simulated');
  return { ...value('full'), why: 'the fullest shard gets more work than it can do' };
}

function candidateTable(
  caption: string,
  candidates: readonly AdvisedCandidate[],
  document: AdviceDocument,
): Block {
  const isSimulated = document.candidates.some((each) => each.simulated !== null);
  const used = isSimulated ? [...fields, ...timeFields] : fields;
  const rows = candidates.map((candidate) => used.map(({ of }) => of(candidate)));
  return {
    kind: 'table',
    caption,
    columns: used.map((each) => each.column),
    rows,
    note: missingNote(rows),
  };
}

function meaningOf({ basis }: AdviceDocument): string {
  return (
    `max/mean is the load of the fullest shard against the mean, from p5 to p95 of ` +
    `${short(basis.draws)} placements with other salts, or other ids. Months are until the first ` +
    `shard has ${percent(basis.utilisation)} of what it can do. The bill is in ` +
    `${name(basis.currency)} a month. What moves is the load that changes shard when the shards ` +
    'are doubled.'
  );
}
