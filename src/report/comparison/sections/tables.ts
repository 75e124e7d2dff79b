import type { ChangedField, ComparisonDocument } from '../../../result/comparison-document.ts';
import type { Difference } from '../../../result/difference.ts';
import { integer, percent } from '../../../wording/format.ts';
import type { Block, Column, Section, Value } from '../../document.ts';
import { noteWith, rowLimit } from '../../row-limit.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { differenceRows } from '../rows.ts';
import {
  changeText,
  fieldText,
  intervalText,
  metricText,
  tagsText,
  verdictText,
  verdictTone,
} from '../values.ts';

const text = { align: 'text' } as const;

/** A table of at most so many rows as a reader looks through. */
function table(caption: string, columns: readonly Column[], rows: readonly Value[][]): Block {
  const shown = rows.slice(0, rowLimit);
  const left = rows.length - shown.length;
  const leftOut =
    left === 0
      ? null
      : `${integer(left)} rows are left out; shardlab report --format json has them.`;
  return {
    kind: 'table',
    caption,
    columns,
    rows: shown,
    note: noteWith(missingNote(shown), leftOut),
  };
}

export function sidesSection({ sides }: ComparisonDocument): Section {
  const columns = [
    column('Side', text),
    column('Given as', text),
    column('Scenario', text),
    column('Source', text),
    column('Run', text),
    column('Started', text),
    column('Seed'),
    column('Not valid', text),
  ];
  const rows = sides.flatMap((side) =>
    side.runs.map((run, index) => [
      { ...value(side.side), first: index === 0 },
      value(name(side.given)),
      value(name(side.name)),
      value(side.source),
      value(name(run.file)),
      value(run.startedAt.slice(0, 19).replace('T', ' ')),
      value(String(run.seed)),
      run.doubtful.length === 0
        ? value('')
        : { ...value(sentence(run.doubtful.join(', '))), tone: 'doubtful' as const },
    ]),
  );
  return { id: 'sides', title: 'The sides', blocks: [table('All runs', columns, rows)] };
}

/** Scenario and environment, field by field. */
export function changedSection({ scenario, environment }: ComparisonDocument): Section {
  const of = (fields: readonly ChangedField[], what: string): readonly Block[] => {
    if (fields.length === 0) {
      return [{ kind: 'paragraph', text: `The ${what} is the same on both sides.` }];
    }
    const rows = fields.map(({ place, a, b, decisive }) => [
      { ...value(name(place)), tone: decisive ? ('doubtful' as const) : ('plain' as const) },
      value(fieldText(a)),
      value(fieldText(b)),
    ]);
    const columns = [
      column('Field', { ...text, meaning: 'JSON pointer within the result' }),
      column('a', text),
      column('b', text),
    ];
    return [table(`Fields of the ${what} that differ, the decisive first`, columns, rows)];
  };
  return {
    id: 'what-differs',
    title: 'What differs between the sides',
    blocks: [...of(scenario, 'scenario'), ...of(environment, 'environment')],
  };
}

export function countsSection({ counts }: ComparisonDocument): Section {
  const rows = counts.map(({ strategy, exact, note, compared, changed }) => [
    value(name(strategy)),
    value(integer(compared)),
    value(integer(changed.length)),
    value(exact ? 'yes' : 'no'),
    value(sentence(note.text)),
  ]);
  const changed = counts.flatMap(({ strategy, changed: own }) =>
    own.map(({ metric, tags, a, b }) => [
      value(name(strategy)),
      value(metric),
      value(tagsText(tags)),
      countValue(metric, a),
      countValue(metric, b),
    ]),
  );
  const columns = [
    column('Strategy', text),
    column('compared'),
    column('differ'),
    column('exact', { ...text, meaning: 'Whether both sides must have the same counts' }),
    column('Why', text),
  ];
  const changedColumns = [
    column('Strategy', text),
    column('Count', text),
    column('Of', text),
    column('a'),
    column('b'),
  ];
  return {
    id: 'counts',
    title: 'Counts that follow from the seed',
    blocks: [
      table('By strategy', columns, rows),
      ...(changed.length === 0
        ? []
        : [table('Counts that are not the same', changedColumns, changed)]),
    ],
  };
}

const countValue = (metric: string, counted: number | string | null): Value =>
  counted === null ? missing('the side has no such count') : value(metricText(metric, counted));

const differenceColumns = [
  column('Strategy', text),
  column('Metric', text),
  column('Of', text),
  column('a'),
  column('b'),
  column('b / a'),
  column('interval', { ...text, meaning: 'Of the ratio; it leaves out 1 where a claim is made' }),
  column('runs', { meaning: 'On side a and on side b' }),
  column('Verdict', text),
];

export function differencesSection(document: ComparisonDocument): Section {
  const rows = differenceRows(document);
  const claims = rows.filter(
    ({ metric, verdict }) =>
      metric === document.family.metric || verdict === 'worse' || verdict === 'better',
  );
  const others = rows.filter((row) => !claims.includes(row));
  const { metric, size, errorRate, claimsFrom } = document.family;
  return {
    id: 'differences',
    title: 'Differences',
    blocks: [
      {
        kind: 'paragraph',
        text:
          size === 0
            ? 'Nothing is claimed of times that were measured apart.'
            : `Claims are made of ${metric} by operation and strategy (${integer(size)} ` +
              `hypotheses named beforehand, Holm's correction, at most ${percent(errorRate)} for ` +
              `one false claim or more), from ${integer(claimsFrom)} runs a side on. All else ` +
              'is exact or exploratory.',
      },
      table('What is claimed, and what could be', differenceColumns, claims.map(rowOf)),
      {
        kind: 'details',
        summary: `Exact and exploratory (${integer(others.length)})`,
        blocks: [table('All other differences', differenceColumns, others.map(rowOf))],
      },
    ],
  };
}

function rowOf(each: Difference): Value[] {
  const { strategy, metric, tags, a, b, ratio, samples, note } = each;
  const why = note === undefined ? null : sentence(note.text);
  const known = (number: number | null): Value =>
    number === null ? missing(why ?? 'not measured') : value(metricText(metric, number));
  return [
    value(name(strategy)),
    value(metric),
    value(tagsText(tags)),
    known(a),
    known(b),
    ratio === null ? missing(why ?? 'not measured') : value(changeText(ratio)),
    each.interval === null ? value('') : value(intervalText(each)),
    value(`${integer(samples.a)}, ${integer(samples.b)}`),
    { ...value(verdictText(each)), tone: verdictTone(each), why },
  ];
}
