import type { GrowthDocument, GrowthStepRow } from '../../../result/growth-document.ts';
import type { Block, Section, Value } from '../../document.ts';
import { percent } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { movedCharts } from '../charts/moved.ts';
import { stepsOf, strategiesOf } from '../rows.ts';
import { flowBlocks } from './flows.ts';

const moved = { group: 'Moved' };
const keys = { group: 'Keys, against' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Step', { align: 'text', meaning: 'Shards before and after' }),
  column('keys', moved),
  column('rows', moved),
  column('bytes', moved),
  column('load', moved),
  column('least', {
    ...keys,
    meaning: 'Least that must move so that every shard has its due share',
  }),
  column('theory', { ...keys, meaning: 'Mean of the closed form, and one standard deviation' }),
  column('p5–p95', { ...keys, meaning: 'Band over further placements' }),
  column('Only to new', {
    align: 'text',
    meaning: 'Whether keys move only where the change of the shards needs it',
  }),
];

/** How much moves, by router, against theory and the least possible. */
export function movementSection(document: GrowthDocument): Section {
  const rows = strategiesOf(document).flatMap((strategy) =>
    stepsOf(document, strategy).map((step, index) => rowOf(step, index === 0)),
  );
  const blocks: Block[] = [
    { kind: 'charts', group: movedCharts(document) },
    {
      kind: 'table',
      caption: 'What each step moves',
      columns,
      rows,
      note: missingNote(rows),
    },
    ...fromStart(document),
    ...formulas(document),
    ...flowBlocks(document),
  ];
  return { id: 'movement', title: 'What moves', blocks, startsPage: true };
}

/** What all steps up to one move together: less than they move one by one. */
function fromStart({ growth }: GrowthDocument): readonly Block[] {
  const paths = growth.filter(({ span }) => span === 'path');
  if (paths.length === 0) return [];
  const rows = paths.map((step, index) =>
    rowOf(step, paths[index - 1]?.strategy !== step.strategy),
  );
  return [
    {
      kind: 'details',
      summary: 'From the first shard count, through the counts between',
      blocks: [
        { kind: 'table', caption: 'What several steps move together', columns, rows, note: null },
      ],
    },
  ];
}

function rowOf(step: GrowthStepRow, first: boolean): readonly Value[] {
  const { keysMovedFraction, rowsMovedFraction, bytesMovedFraction, loadMovedFraction } = step;
  return [
    { ...value(name(step.strategy)), first },
    value(`${step.from} to ${step.to}`),
    value(percent(keysMovedFraction)),
    value(percent(rowsMovedFraction)),
    value(percent(bytesMovedFraction)),
    value(percent(loadMovedFraction)),
    value(percent(step.optimalFraction)),
    theoryOf(step),
    step.band === null
      ? missing('one placement: it follows from the keys, or no other was drawn')
      : value(`${percent(step.band.keys.p5)} to ${percent(step.band.keys.p95)}`),
    step.monotone ? { ...value('yes'), tone: 'good' } : { ...value('no'), tone: 'doubtful' },
  ];
}

function theoryOf({ expectedFraction, expectedSd, expectedBy }: GrowthStepRow): Value {
  if (expectedFraction === null)
    return missing('no closed form: the placement follows from the keys');
  const sd = expectedSd === null || expectedSd.keys === 0 ? '' : ` ± ${percent(expectedSd.keys)}`;
  const of = expectedBy?.of === 'rows' ? ' of rows' : '';
  return value(`${percent(expectedFraction)}${sd}${of}`);
}

/** Each closed form once, with those it is of. */
function formulas({ growth }: GrowthDocument): readonly Block[] {
  const found = new Map<string, Set<string>>();
  for (const { router, expectedBy } of growth) {
    if (expectedBy === null) continue;
    const own = found.get(expectedBy.formula) ?? new Set();
    found.set(expectedBy.formula, own.add(name(router)));
  }
  if (found.size === 0) return [];
  const facts = [...found].map(([formula, own]) => ({
    term: [...own].join(', '),
    text: sentence(formula),
  }));
  return [
    {
      kind: 'details',
      summary: 'What theory expects: n shards and k added or removed ones',
      blocks: [{ kind: 'facts', facts }],
    },
  ];
}
