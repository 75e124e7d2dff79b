import type { CharacteristicsDocument } from '../../../result/characteristics-document.ts';
import { counted, duration, integer, ms, percent, short } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { lines, sentence } from '../../text.ts';
import { column, missingNote, numberOr, value } from '../../values.ts';

/** More rows are in the document. */
const shownMost = 50;

/** The statements, the most frequent first. */
export function queriesSection(document: CharacteristicsDocument): Section {
  const { queries, templates } = document;
  const blocks: Block[] =
    queries === null
      ? [{ kind: 'paragraph', text: 'No queries were seen.' }]
      : [{ kind: 'paragraph', text: introduction(document) }, templatesTable(templates)];
  return { id: 'queries', title: 'Queries', blocks };
}

function introduction({ queries, templates, scenario }: CharacteristicsDocument): string {
  if (queries === null) return '';
  const time = queries.seconds === null ? '' : ` over ${duration(1000 * queries.seconds)}`;
  const peak =
    queries.peakOverMean === null
      ? ''
      : ` The busiest second had ${short(queries.peakOverMean)} times the mean.`;
  const covered =
    scenario.coveredShare === null
      ? ''
      : ` The operations of the scenario stand for ${percent(scenario.coveredShare)} of them.`;
  return (
    `${counted(queries.calls, 'call')}${time} of ${counted(templates.length, 'statement')} ` +
    `that differ in more than their literals; ${percent(queries.readShare)} only read.` +
    `${peak}${covered}`
  );
}

function templatesTable(templates: CharacteristicsDocument['templates']): Block {
  const rows = templates.slice(0, shownMost).map((each) => [
    { ...value(sentence(lines(each.sql))), first: true },
    value(integer(each.calls)),
    { ...value(percent(each.share)), bar: each.share },
    numberOr(each.timeShare, percent, 'times are not known'),
    numberOr(each.meanMs, ms, 'times are not known'),
    numberOr(each.latencyMs?.p99, ms, 'fewer than 1,000 times in a log'),
    numberOr(each.burstiness, short, 'no log, or too few calls'),
    numberOr(each.rowsPerCall, short, 'not known'),
    {
      ...value(each.inScenario ? 'yes' : 'no'),
      why: each.leftOut?.text ?? null,
      tone: each.inScenario ? ('good' as const) : ('plain' as const),
    },
  ]);
  const more = templates.length - rows.length;
  const note = [
    missingNote(rows),
    more > 0 ? `${counted(more, 'rarer statement')} stand in the document alone.` : null,
  ].filter((each) => each !== null);
  return {
    kind: 'table',
    caption: 'Statements, the most frequent first',
    columns: [
      column('Statement', { align: 'text', named: true }),
      column('Calls'),
      column('Share', { meaning: 'Of all calls' }),
      column('Time', { meaning: 'Share of the time of all statements' }),
      column('Mean'),
      column('p99'),
      column('Bursts', { meaning: 'Variance over mean of the calls by second; 1 is Poisson' }),
      column('Rows', { meaning: 'Rows a call' }),
      column('In scenario', { align: 'text' }),
    ],
    rows,
    note: note.length === 0 ? null : note.join(' '),
  };
}
