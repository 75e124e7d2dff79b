import {
  isSameCell,
  verdictReasons,
  verdictWord,
  withCellNames,
  writeShares,
} from '../result/cells.ts';
import { hasWriteBalance, type Ranking, ranking } from '../result/ranking.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { alarmSentences } from './alarm-sentences.ts';
import { disturbanceSentences } from './disturbance-sentences.ts';
import { errorLines } from './error-lines.ts';
import { cacheSentences } from './cache-sentences.ts';
import { headline } from './headline.ts';
import { percent, rate, ratio, significant } from '../wording/format.ts';
import { measuredAgainLines } from './measured-again.ts';
import { latencySentences } from './latency-differences.ts';
import { isRankedByLatency } from './measured-repeats.ts';
import { neighbourLine } from './neighbour-line.ts';
import { servedFraction, servesAll } from './served-part.ts';
import { shownEach, shownShards, tooManyShards } from './shown-shards.ts';
import { rankText, tableLegend } from './terminal-legend.ts';
import {
  type Entry,
  folded,
  type Head,
  laidOut,
  leftOutLines,
  sentenceWidth,
  type TerminalOptions,
} from './terminal-layout.ts';
import { operationsText } from './tables/terminal-operations.ts';
import { tableNotesText, tablesTable } from './tables/terminal-tables.ts';
import { name, sentence } from './text.ts';
import { thresholdLines } from './threshold-lines.ts';
import { toneOf } from './values.ts';
import { walSentences } from './wal-sentences.ts';

/** The answer in words, then tables of at most `width` columns: speed, capacity, shards. */
export function terminalTable(stored: RunResult, options: TerminalOptions): string {
  const result = withCellNames(stored);
  const paragraph = (text: string) => folded(text, sentenceWidth(options)).join('\n');
  const [answer = '', ...rest] = headline(result);
  if (result.cells.length === 0) return `${paragraph(answer)}\n`;
  const shorten = tooManyShards(result);
  const ranks = ranking(result);
  const partly = !result.cells.every(servesAll);
  const latency = isRankedByLatency(result);
  const tables = [
    laidOut(
      speedHeads(partly, latency),
      result.cells.map((cell) => speedRow(cell, partly, latency)),
      options,
    ),
    laidOut(
      capacityHeads,
      result.cells.map((cell) => capacityRow(cell, ranks)),
      options,
    ),
    laidOut(
      shardHeads,
      result.cells.flatMap((cell) => shardRows(cell, shorten)),
      options,
    ),
    tablesTable(result, options),
  ];
  const [speed = '', capacity = '', shards = '', byTable = ''] = tables.map(({ lines }) =>
    lines.join('\n'),
  );
  const leftOut = tables.map((table) => table.leftOut);
  const parts = [
    paragraph(answer),
    rest.map(paragraph).join('\n'),
    thresholdLines(stored).map(paragraph).join('\n'),
    measuredAgainLines(result).map(paragraph).join('\n'),
    reasonLines(result, options),
    result.cells.flatMap(alarmSentences).map(paragraph).join('\n'),
    errorLines(result, sentenceWidth(options)),
    [
      ...neighbourLine(result),
      ...cacheSentences(result),
      ...disturbanceSentences(result),
      ...walSentences(result),
    ]
      .map(paragraph)
      .join('\n'),
    speed,
    latencySentences(result).map(paragraph).join('\n'),
    capacity,
    paragraph(tableLegend(ranks, result)),
    operationsText(result, options),
    byTable,
    tableNotesText(result, options),
    shards,
    shorten ? paragraph(shortLegend) : '',
    leftOutLines(leftOut, options).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const shortLegend =
  `Of each strategy the table has the hottest and the coolest ${shownEach} shards; the report ` +
  'has more, and shardlab report --format csv has all.';

const label = (head: string, drop = 0): Head => ({ text: head, number: false, drop });
const number = (head: string, drop = 0): Head => ({ text: head, number: true, drop });
const plain = (value: string): Entry => ({ text: value, tone: 'plain' });
const orDash = (value: number | null | undefined, format: (value: number) => string) =>
  plain(value === null || value === undefined ? '—' : format(value));

/** How much of the workload a cell serves stands there where some cell serves a part of it. */
const speedHeads = (partly: boolean, latency: boolean): readonly Head[] => [
  label('strategy'),
  label('verdict'),
  ...(partly ? [number('serves')] : []),
  number('accepted/s', 2),
  number('offered/s', 3),
  number('p50 ms'),
  number('p95', 1),
  number('p99'),
  ...(latency ? [number('by p50')] : []),
];

function speedRow(cell: Cell, partly: boolean, latency: boolean): Entry[] {
  const response = cell.overall?.responseMs;
  const serves = {
    text: percent(servedFraction(cell)),
    tone: servesAll(cell) ? 'plain' : 'bad',
  } as const;
  return [
    plain(name(cell.strategy)),
    { text: verdictWord(cell), tone: toneOf(cell) },
    ...(partly ? [serves] : []),
    orDash(cell.load?.acceptedQps, rate),
    orDash(cell.load?.offeredQps, rate),
    orDash(response?.p50, significant),
    orDash(response?.p95, significant),
    orDash(response?.p99, significant),
    ...(latency ? [plain(rankText(cell.latencyRank))] : []),
  ];
}

const capacityHeads = [
  label('strategy'),
  number('databases'),
  number('p5', 2),
  number('p95', 3),
  number('rank'),
  number('scatter', 1),
  number('shards/op', 6),
  number('busiest/s', 7),
  number('work/s', 8),
  number('max/mean', 4),
  number('ideal', 10),
  number('floor', 9),
  number('band p95', 5),
];

function capacityRow(cell: Cell, { ranks }: Ranking): Entry[] {
  const writes = hasWriteBalance(cell) ? cell.imbalance?.writeQps : undefined;
  const rank = ranks.find((one) => isSameCell(one, cell));
  const capacity = cell.work?.relativeCapacity;
  const shards = cell.work?.shards ?? [];
  const most = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
  return [
    plain(name(cell.strategy)),
    orDash(capacity?.placement, ratio),
    orDash(capacity?.band?.p5, ratio),
    orDash(capacity?.band?.p95, ratio),
    plain(rankText(rank)),
    orDash(cell.fanOut?.scatterFraction, percent),
    orDash(cell.fanOut?.shardQueriesPerOperation, ratio),
    orDash(most(shards.map(({ queriesPerSecond }) => queriesPerSecond)), rate),
    orDash(most(shards.map(({ workPerSecond }) => workPerSecond)), rate),
    orDash(writes?.maxOverMean, ratio),
    orDash(writes?.idealMaxOverMean, ratio),
    orDash(writes?.tenantFloor, ratio),
    orDash(writes?.band?.p95, ratio),
  ];
}

const shardHeads = [
  label('shards of'),
  number('shard'),
  number('write/s'),
  number('read/s'),
  number('work/s', 4),
  number('p50 ms', 3),
  number('p95', 5),
  number('p99', 2),
  number('writes'),
  label('to hottest', 1),
];

const barLength = 10;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar in eighths of a character; `fraction` is from 0 to 1. */
function barOf(fraction: number): string {
  const steps = Math.round(fraction * barLength * 8);
  const bar = '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '');
  return bar.padEnd(barLength, '·');
}

function shardRows(cell: Cell, shorten: boolean): Entry[][] {
  const shares = new Map(writeShares(cell).map((share, index) => [cell.shards[index], share]));
  const hottest = Math.max(0, ...shares.values());
  const work = new Map(cell.work?.shards.map((one) => [one.shard, one.workPerSecond]));
  return shownShards(cell, shorten).map((shard, index) => {
    const share = shares.get(shard) ?? 0;
    return [
      plain(index === 0 ? name(cell.strategy) : ''),
      plain(String(shard.shard)),
      plain(rate(shard.writeQps)),
      plain(rate(shard.readQps)),
      orDash(work.get(shard.shard), rate),
      orDash(shard.responseMs.p50, significant),
      orDash(shard.responseMs.p95, significant),
      orDash(shard.responseMs.p99, significant),
      plain(percent(share)),
      plain(barOf(hottest === 0 ? 0 : share / hottest)),
    ];
  });
}

/** Reasons are sentences; an error's message may lack its full stop. */
const ended = (reason: string) => (/[.!?…]$/.test(reason) ? reason : `${reason}.`);

/** Why cells are not VALID: the reasons in full, folded to the width. */
function reasonLines({ cells }: RunResult, options: TerminalOptions): string {
  return cells
    .filter((cell) => toneOf(cell) !== 'good')
    .flatMap((cell) => {
      const reasons = verdictReasons(cell).map(ended).join(' ');
      const text = `${name(cell.strategy)}: ${verdictWord(cell)}: ${sentence(reasons)}`;
      return folded(text, sentenceWidth(options));
    })
    .join('\n');
}
