import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import type { CapacityStep, StepShard } from '../../result/capacity-step.ts';
import { percent, significant, short } from '../../wording/format.ts';
import type { Section, Value } from '../document.ts';
import { column, missing, missingNote, numberOr, value } from '../values.ts';
import {
  bySustained,
  headline,
  intervalText,
  limitText,
  outcomeOf,
  responseMsP99,
  sentencesOf,
  stepsAt,
  sustainedText,
  titleOf,
  wordOf,
} from './rows.ts';

const notKnown = 'it falls among failures, or too few operations arrived';

/** What each strategy sustains, and what stands in the way of more. */
export function answerSection(document: CapacityDocument): Section {
  const strategies = bySustained(document);
  const rows = strategies.map((strategy) => answerRow(strategy, document));
  return {
    id: 'answer',
    title: 'What each strategy sustains',
    blocks: [
      {
        kind: 'lead',
        sentences: [headline(document) ?? 'No rate was seen to hold the objective.'],
      },
      {
        kind: 'table',
        caption: 'Largest rate that holds the objective',
        columns: [
          column('Strategy', { align: 'text', named: true }),
          column('shards'),
          column('operations/s', { meaning: 'Largest rate that holds the objective' }),
          column('between', {
            align: 'text',
            meaning: 'From where every window held to where none did',
          }),
          column('p99, ms', { meaning: 'In the middle of the windows at that rate' }),
          column('limited by', { align: 'text' }),
          column('steps', { meaning: 'Windows that were measured' }),
          column('answer', { align: 'text' }),
        ],
        rows,
        note: missingNote(rows),
      },
      {
        kind: 'list',
        items: strategies.flatMap((strategy) =>
          sentencesOf(strategy).map((text) => `${titleOf(strategy, document)}: ${text}`),
        ),
      },
    ],
  };
}

function answerRow(strategy: CapacityStrategy, document: CapacityDocument): Value[] {
  const none = 'no rate was seen to hold the objective';
  const word = wordOf(strategy);
  const sustained = sustainedText(strategy);
  const interval = intervalText(strategy);
  const limit = limitText(strategy);
  return [
    { ...value(titleOf(strategy, document)), first: true },
    value(String(strategy.shardCount)),
    sustained === null ? missing(none) : value(sustained),
    interval === null ? missing('nothing was measured') : value(interval),
    numberOr(responseMsP99(stepsAt(strategy, strategy.sustainedQps)), significant, notKnown),
    limit === null ? missing('nothing was measured') : value(limit),
    value(String(strategy.steps.length)),
    { ...value(word.text), tone: word.tone },
  ];
}

/** Every window of every strategy, in the order in which it was measured. */
export function stepsSection(document: CapacityDocument): Section {
  return {
    id: 'steps',
    title: 'Every window',
    startsPage: true,
    blocks: document.strategies
      .filter(({ steps }) => steps.length > 0)
      .map((strategy) => {
        const rows = strategy.steps.map((step, index) => stepRow(step, index));
        return {
          kind: 'table' as const,
          caption: titleOf(strategy, document),
          columns: stepColumns,
          rows,
          note: missingNote(rows),
        };
      }),
  };
}

const perSecond = { group: 'operations a second' };
const milliseconds = { group: 'response, ms' };
const stepColumns = [
  column('step'),
  column('for', { align: 'text', meaning: 'Why this rate was tried' }),
  column('offered', perSecond),
  column('accepted', perSecond),
  column('p50', milliseconds),
  column('p99', milliseconds),
  column('late', { meaning: 'Operations that took longer than the objective allows' }),
  column('failed'),
  column('fullest', { align: 'text', meaning: 'Shard whose queries took the longest on average' }),
  column('verdict', { align: 'text' }),
  column('objective', { align: 'text' }),
];

function stepRow(step: CapacityStep, index: number): Value[] {
  const { responseMs, objectives, failures, arrivals, shards, verdict } = step;
  const late = objectives.flatMap(({ lateFraction }) => lateFraction ?? []);
  const outcome = outcomeOf(step);
  const fullest = slowest(shards);
  return [
    value(String(index + 1)),
    value(step.purpose),
    value(short(step.offeredQps)),
    value(short(step.acceptedQps)),
    numberOr(responseMs.p50, significant, notKnown),
    numberOr(responseMs.p99, significant, notKnown),
    late.length === 0
      ? missing('the objective asks for no percentile')
      : value(percent(Math.max(...late))),
    value(percent(arrivals === 0 ? 0 : failures / arrivals)),
    fullest === null ? missing('no query succeeded') : value(`shard ${fullest.shard}`),
    { ...value(verdict.status), why: verdict.reasons[0]?.text ?? null },
    { ...value(outcome.text), tone: outcome.tone },
  ];
}

function slowest(shards: readonly StepShard[]): StepShard | null {
  const known = shards.filter(({ responseMs }) => responseMs.mean !== null);
  return known.toSorted((a, b) => (b.responseMs.mean ?? 0) - (a.responseMs.mean ?? 0))[0] ?? null;
}

/** How it was searched, and what a reader must know of it. */
export function methodSection(document: CapacityDocument): Section {
  const { search, objective, environment, source } = document;
  const { durationMs, startQps, lowestQps, highestQps, stepsMax, precisionFraction } = search;
  return {
    id: 'method',
    title: 'How it was searched',
    blocks: [
      {
        kind: 'paragraph',
        text:
          `A rate holds the objective (${objective.expressions.join(' and ')}) where it does so ` +
          `in most of at least three windows of ${short(durationMs / 1000)} s, and the next ` +
          `higher rate, no more than ${percent(precisionFraction)} above, breaks it in most of ` +
          'at least ' +
          'two. Rates are tried in a ramp by factors of two, then half way between one that held ' +
          'and one that did not. A window in which a shard is SATURATED, operations fail or a ' +
          'queue grows breaks the objective whatever its times are. Windows of one strategy ' +
          'follow each other without loading again; the rows that they insert stay.',
      },
      {
        kind: 'facts',
        facts: [
          { term: 'Rates', text: `${short(lowestQps)}/s to ${short(highestQps)}/s` },
          { term: 'Ramp from', text: `${short(startQps)}/s` },
          { term: 'Steps', text: `at most ${stepsMax} of each strategy` },
          { term: 'Order', text: search.order.join(', ') },
          {
            term: source === 'simulated' ? 'Simulated shards' : 'Shards',
            text: environment.shards,
          },
          { term: 'Command', text: document.command },
        ],
      },
      {
        kind: 'list',
        items: [...document.findings, ...environment.notes].map(({ text }) => text),
      },
    ],
  };
}
