import { countdown, donePercent } from '../../wording/countdown.ts';
import { integer, ms, rate } from '../../wording/format.ts';
import type { Fact } from '../document.ts';
import { blockHtml, factsHtml } from '../html/blocks.ts';
import { isolated } from '../html/markup.ts';
import { name, sentence } from '../text.ts';
import type { BegunPhase } from './live-events.ts';
import type { LiveState } from './live-state.ts';
import { shardTable } from './shard-table.ts';

/** Parts of the page that change by themselves, by the ids of their elements. */
export type LiveParts = Readonly<Record<string, string>>;

const none = new Map();

/** What changes every second, but for the charts: it is text, and costs next to nothing. */
export function runningParts(state: LiveState, cells: number, nowMs: number): LiveParts {
  const { stage } = state;
  return {
    stage: isolated(sentence(stage?.text ?? 'The run begins.')),
    done: doneHtml(stage?.fraction(nowMs) ?? 0),
    facts: factsHtml([...progressFacts(state, cells, nowMs), ...secondFacts(state)]),
    shards: blockHtml(shardTable(state.course), none),
  };
}

/** What changes when a cell ends, or somebody must be warned. */
export function settledParts({ verdicts, warnings }: LiveState): LiveParts {
  return {
    verdicts:
      verdicts.length === 0
        ? '<p>No cell has ended.</p>'
        : blockHtml({ kind: 'verdicts', verdicts }, none),
    warnings:
      warnings.length === 0
        ? '<p>There are no warnings.</p>'
        : blockHtml({ kind: 'list', items: warnings.map(sentence) }, none),
  };
}

function doneHtml(fraction: number): string {
  const width = (fraction * 100).toFixed(1);
  return `<span class="bar" aria-hidden="true"><i style="width:${width}%"></i></span>`;
}

function progressFacts({ stage, verdicts, phase }: LiveState, cells: number, nowMs: number) {
  const facts: Fact[] = [
    { term: 'Done', text: donePercent(stage?.fraction(nowMs) ?? 0) },
    { term: 'Left', text: stage === null ? 'unknown' : countdown(stage.leftMs(nowMs)) },
    { term: 'Cells done', text: `${integer(verdicts.length)} of ${integer(cells)}` },
  ];
  return phase === null ? facts : [...facts, { term: 'Cell', text: name(phase.strategy) }];
}

function secondFacts({ phase, course }: LiveState): Fact[] {
  if (phase === null || course.last === null) return [];
  const { second, all } = course.last;
  const sum = (key: 'errors' | 'dropped') =>
    course.totals.reduce((total, own) => total + own[key], 0);
  return [
    {
      term: 'Second',
      text: `${integer(second + 1)} of ${integer(Math.ceil(phase.windowSeconds))}`,
    },
    { term: 'Shard queries', text: `${rate(all.writes + all.reads)}/s` },
    { term: 'p99', text: ms(all.p99Ms) },
    { term: 'Waiting', text: integer(all.queued) },
    { term: 'Errors so far', text: integer(sum('errors')) },
    { term: 'Dropped so far', text: integer(sum('dropped')) },
  ];
}

/** Above the charts of a phase. */
export const liveHeading = ({ strategy, title }: BegunPhase): string =>
  `${name(strategy)}, ${title}, second by second`;

/** How to read the charts. */
export function liveLegend({ course }: LiveState, lines: number): string {
  const others = (course.last?.shards.length ?? 0) - lines;
  return [
    'Each line is a shard.',
    others > 0
      ? `The ${lines} shards with the most writes have one; the area is the range of the other ` +
        `${integer(others)}.`
      : '',
    'The p99 is what one in a hundred shard queries exceeded in that second and as many seconds ' +
      'before, at most 10 in all, as hold 100 queries.',
    course.step === 1
      ? ''
      : `A point is ${integer(course.step)} seconds: the mean of the writes, the highest p99 and ` +
        'the longest queue.',
  ]
    .filter((text) => text !== '')
    .join(' ');
}
