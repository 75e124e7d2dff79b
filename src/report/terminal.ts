import { verdictReasons, verdictWord, writeShares } from '../result/cells.ts';
import { rankByWriteBalance } from '../result/ranking.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { alarmSentences } from './alarm-sentences.ts';
import { errorLines } from './error-lines.ts';
import { cacheSentences } from './cache-sentences.ts';
import { headline } from './headline.ts';
import { percent, rate, ratio, significant } from './number.ts';
import { type Entry, folded, type Head, layout, type TerminalOptions } from './terminal-layout.ts';
import { shownEach, shownShards, tooManyShards } from './shown-shards.ts';
import { name, sentence } from './text.ts';
import { toneOf } from './values.ts';

/** The result in three tables of at most `width` columns: speed, write balance, shards. */
export function terminalTable(result: RunResult, options: TerminalOptions): string {
  const width = Math.max(80, options.width);
  const wide = { ...options, width };
  const shorten = tooManyShards(result);
  const parts = [
    layout(speedHeads, result.cells.map(speedRow), wide),
    layout(balanceHeads, balanceRows(result), wide),
    result.cells.length === 0 ? '' : rankLegend,
    layout(
      shardHeads,
      result.cells.flatMap((cell) => shardRows(cell, shorten)),
      wide,
    ),
    shorten ? shortLegend : '',
    reasonLines(result, width),
    alarmLines(result, width),
    errorLines(result, width),
    cacheSentences(result)
      .flatMap((one) => folded(one, width))
      .join('\n'),
    headline(result)
      .flatMap((one) => folded(one, width))
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const rankLegend =
  'rank: by the band of max/mean over hash salts; a range: bands overlap, no\n' +
  '  difference. Latencies are not ranked: one run says nothing about noise.';

const shortLegend =
  `shards: the hottest and the coolest ${shownEach} of each strategy; the report has\n` +
  '  more, and shardlab report --format csv has all.';

const text = (head: string): Head => ({ text: head, number: false });
const number = (head: string): Head => ({ text: head, number: true });
const plain = (value: string): Entry => ({ text: value, tone: 'plain' });
const orDash = (value: number | null | undefined, format: (value: number) => string) =>
  plain(value === null || value === undefined ? '—' : format(value));

const speedHeads = [
  text('strategy'),
  text('verdict'),
  number('accepted/s'),
  number('offered/s'),
  number('p50 ms'),
  number('p95'),
  number('p99'),
];

function speedRow(cell: Cell): Entry[] {
  const response = cell.overall?.responseMs;
  return [
    plain(name(cell.strategy)),
    { text: verdictWord(cell), tone: toneOf(cell) },
    orDash(cell.load?.acceptedQps, rate),
    orDash(cell.load?.offeredQps, rate),
    orDash(response?.p50, significant),
    orDash(response?.p95, significant),
    orDash(response?.p99, significant),
  ];
}

const balanceHeads = [
  text('writes'),
  number('max/mean'),
  number('ideal'),
  number('floor'),
  number('p5'),
  number('band p95'),
  number('rank'),
  number('scatter'),
  number('shards/op'),
];

function balanceRows(result: RunResult): Entry[][] {
  const ranks = rankByWriteBalance(result);
  return result.cells.map((cell) => {
    const writes = cell.shardCount < 2 ? undefined : cell.imbalance?.writeQps;
    const rank = ranks.find((one) => one.strategy === cell.strategy);
    const range = rank && (rank.from === rank.to ? `${rank.from}` : `${rank.from}-${rank.to}`);
    return [
      plain(name(cell.strategy)),
      orDash(writes?.maxOverMean, ratio),
      orDash(writes?.idealMaxOverMean, ratio),
      orDash(writes?.tenantFloor, ratio),
      orDash(writes?.band?.p5, ratio),
      orDash(writes?.band?.p95, ratio),
      plain(range ?? '—'),
      orDash(cell.fanOut?.scatterFraction, percent),
      orDash(cell.fanOut?.shardQueriesPerOperation, ratio),
    ];
  });
}

const shardHeads = [
  text('shards of'),
  number('shard'),
  number('write/s'),
  number('read/s'),
  number('p50 ms'),
  number('p95'),
  number('p99'),
  number('writes'),
  text('to hottest'),
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
  return shownShards(cell, shorten).map((shard, index) => {
    const share = shares.get(shard) ?? 0;
    return [
      plain(index === 0 ? name(cell.strategy) : ''),
      plain(String(shard.shard)),
      plain(rate(shard.writeQps)),
      plain(rate(shard.readQps)),
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

/** Shards that an alarm names, and the rules that named them. */
const alarmLines = ({ cells }: RunResult, width: number): string =>
  cells
    .flatMap(alarmSentences)
    .flatMap((one) => folded(one, width))
    .join('\n');

/** Why cells are not VALID: the reasons in full, folded to the width. */
function reasonLines({ cells }: RunResult, width: number): string {
  return cells
    .filter((cell) => toneOf(cell) !== 'good')
    .flatMap((cell) => {
      const reasons = verdictReasons(cell).map(ended).join(' ');
      return folded(`${name(cell.strategy)}: ${verdictWord(cell)}: ${sentence(reasons)}`, width);
    })
    .join('\n');
}
