import type { Cell, RunResult } from '../../result/types.ts';
import type { WalResult } from '../../result/wal-result.ts';
import type { Block, Value } from '../document.ts';
import { bytes, duration, integer, significant } from '../../wording/format.ts';
import { column, missingNote, numberOr, strategyValue, value } from '../values.ts';
import { walForecastSentences, walSentences } from '../wal-sentences.ts';

/** What was logged, how it falls after a checkpoint, and what follows for other sizes. */
export function walBlocks(result: RunResult): readonly Block[] {
  const cells = result.cells.flatMap((cell) => (cell.wal ? [{ cell, wal: cell.wal }] : []));
  if (cells.length === 0) return [];
  const forecasts = cells.flatMap(({ cell, wal }) => forecastRows(cell, wal));
  return [
    { kind: 'heading', text: 'Write-ahead log' },
    { kind: 'list', items: [...walSentences(result), ...walForecastSentences(result)] },
    table(
      'Log of each strategy, from the checkpoint after the load to the end, all shards together',
      totalColumns,
      cells.map(({ cell, wal }) => totalRow(cell, wal)),
    ),
    ...curveBlocks(cells.flatMap(({ cell, wal }) => curveRows(cell, wal))),
    ...(forecasts.length === 0
      ? []
      : [
          table(
            'What follows for indexes of another size (a model: whole pages as random inserts ' +
              'touch them between two checkpoints, records as measured)',
            forecastColumns,
            forecasts,
          ),
        ]),
  ];
}

/** Rows beyond which the curves are left out of the page. */
const curveRowLimit = 120;

function curveBlocks(rows: readonly (readonly Value[])[]): readonly Block[] {
  const caption = 'Log of one write query, by the writes of a shard since the checkpoint';
  if (rows.length <= curveRowLimit)
    return rows.length === 0 ? [] : [table(caption, curveColumns, rows)];
  const text =
    `How the log of a write falls after the checkpoint (${integer(rows.length)} rows) is ` +
    'left out of this page; shardlab report --format json has it.';
  return [{ kind: 'paragraph', text }];
}

function table(
  caption: string,
  columns: Extract<Block, { kind: 'table' }>['columns'],
  rows: readonly (readonly Value[])[],
): Block {
  return { kind: 'table', caption, columns, rows, note: missingNote(rows) };
}

const strategyColumn = column('Strategy', { align: 'text' });

const totalColumns = [
  strategyColumn,
  column('rows', { meaning: 'Inserted, changed or deleted since the checkpoint' }),
  column('records'),
  column('whole pages', { meaning: 'Full-page images (wal_fpi of pg_stat_wal)' }),
  column('pages touched', { meaning: 'Different pages of the cell’s tables and indexes' }),
  column('log'),
  column('of it whole pages'),
  column('log/row'),
  column('indexes', { meaning: 'Of one shard, the mean' }),
];

const unread = 'the log could not be read again on these servers';

function totalRow(cell: Cell, wal: WalResult): readonly Value[] {
  return [
    strategyValue(cell),
    value(integer(wal.rows)),
    value(integer(wal.records)),
    value(integer(wal.images)),
    numberOr(wal.pages, integer, unread),
    value(bytes(wal.bytes)),
    numberOr(wal.imageBytes, bytes, unread),
    value(bytes(wal.bytes / wal.rows)),
    value(bytes(wal.indexBytes)),
  ];
}

const since = { group: 'Writes since the checkpoint' };

const curveColumns = [
  strategyColumn,
  column('from', since),
  column('to', since),
  column('log/write', { meaning: 'Log of a write query of that part of the window' }),
];

const curveRows = (cell: Cell, { curve }: WalResult): (readonly Value[])[] =>
  curve.map(({ fromWrites, toWrites, bytesPerWrite }, index) => {
    const strategy = { ...strategyValue(cell), first: index === 0 };
    return [
      strategy,
      value(integer(fromWrites)),
      value(integer(toWrites)),
      value(bytes(bytesPerWrite)),
    ];
  });

const forecastColumns = [
  strategyColumn,
  column('indexes', { meaning: 'Of one shard; the first row is as measured' }),
  column('checkpoint every'),
  column('rows between', { meaning: 'Rows of a shard from one checkpoint to the next' }),
  column('whole pages/row'),
  column('log/row'),
  column('log/s', { meaning: 'Of one shard' }),
];

const forecastRows = (cell: Cell, { forecasts }: WalResult): (readonly Value[])[] =>
  forecasts.map((forecast, index) => {
    const strategy = { ...strategyValue(cell), first: index === 0 };
    return [
      strategy,
      value(bytes(forecast.indexBytes)),
      value(duration(forecast.checkpointSeconds * 1000)),
      value(integer(forecast.rows)),
      value(significant(forecast.imagesPerRow)),
      value(bytes(forecast.bytesPerRow)),
      value(bytes(forecast.bytesPerSecond)),
    ];
  });
