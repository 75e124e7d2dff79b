import type { Cell, RunResult } from '../../result/types.ts';
import { secondsOf } from '../charts/seconds.ts';
import { seriesCharts } from '../charts/series.ts';
import type { Block, Section, Value } from '../document.ts';
import { integer, significant, counted } from '../../wording/format.ts';
import { rowLimit } from '../row-limit.ts';
import { column, missingNote, numberOr, strategyValue, value } from '../values.ts';

const slowest = { group: 'Slowest shard, ms' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('second'),
  column('writes'),
  column('reads'),
  column('errors'),
  column('p50', slowest),
  column('p99', slowest),
  column('waiting', { meaning: 'Shard queries waiting for a connection as the second ended' }),
  column('checkpoints', { meaning: 'Checkpoints that ended within the second' }),
];

/** The course of each cell, second by second. */
export function overTimeSection(result: RunResult): Section {
  return {
    id: 'time',
    title: 'Over time',
    blocks: [{ kind: 'charts', group: seriesCharts(result) }, ...tableOf(result)],
  };
}

function tableOf(result: RunResult): readonly Block[] {
  const rows = result.cells.flatMap(rowsOf);
  if (rows.length === 0) return [];
  if (rows.length > rowLimit) {
    const text =
      `The ${integer(rows.length)} rows of the seconds are left out of this page; ` +
      'shardlab report --format json has them.';
    return [{ kind: 'paragraph', text }];
  }
  return [
    {
      kind: 'details',
      summary: `Second by second (${counted(rows.length, 'row')})`,
      blocks: [
        {
          kind: 'table',
          caption: 'Each second of each strategy, all shards together',
          columns,
          rows,
          note: missingNote(rows),
        },
      ],
    },
  ];
}

function rowsOf(cell: Cell): (readonly Value[])[] {
  return secondsOf(cell).map((second, index): readonly Value[] => [
    { ...strategyValue(cell), first: index === 0 },
    value(integer(second.second)),
    value(integer(second.writes)),
    value(integer(second.reads)),
    value(integer(second.errors)),
    numberOr(second.slowestMsP50, significant, 'too few samples in the second'),
    numberOr(second.slowestMsP99, significant, 'too few samples in the second'),
    value(integer(second.queued)),
    numberOr(second.checkpoints, integer, 'not recorded by the second'),
  ]);
}
