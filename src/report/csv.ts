// RFC 4180.
import type { CellWork } from '../result/cell-work.ts';
import type { Cell, RunResult, ShardResult } from '../result/types.ts';
import { attemptOf } from './measured-again.ts';
import { visible } from './text.ts';

type Field = string | number | null;

/** The head of a column and what stands in it. */
export type CsvColumn<T> = readonly [string, (row: T) => Field];

interface ShardOf {
  readonly shard: ShardResult;
  readonly work: CellWork['shards'][number] | undefined;
}

interface Row {
  readonly cell: Cell;
  readonly shard: ShardOf | null;
}

const cellColumns: readonly CsvColumn<Cell>[] = [
  ['strategy', (cell) => cell.strategy],
  ['shardKey', (cell) => cell.shardKey],
  ['router', (cell) => cell.router],
  ['hash', (cell) => cell.hash],
  ['shardCount', (cell) => cell.shardCount],
  ['status', (cell) => cell.status],
  ['verdict', (cell) => cell.verdict?.status ?? null],
  ['offeredQps', (cell) => cell.load?.offeredQps ?? null],
  ['acceptedQps', (cell) => cell.load?.acceptedQps ?? null],
  ['relativeCapacity', (cell) => cell.work?.relativeCapacity.placement ?? null],
  ['relativeCapacityP5', (cell) => cell.work?.relativeCapacity.band?.p5 ?? null],
  ['relativeCapacityP95', (cell) => cell.work?.relativeCapacity.band?.p95 ?? null],
];

/** Which attempt at the cell its numbers are of; of a run that measured none again nothing. */
const attemptColumns = ({ spoilt = [] }: RunResult): readonly CsvColumn<Cell>[] =>
  spoilt.length === 0 ? [] : [['attempt', attemptOf]];

/** Of scenarios with several tables: what each cell makes of the workload. */
function workloadColumns(result: RunResult): readonly CsvColumn<Cell>[] {
  if (!result.cells.some(({ tables }) => tables !== undefined)) return [];
  const operations = namesIn(result, (cell) => cell.operations.map(({ operation }) => operation));
  return [
    [
      'notRunnableFraction',
      (cell) => cell.notRunnable?.fraction ?? (cell.load === null ? null : 0),
    ],
    ['crossShardFraction', (cell) => cell.fanOut?.crossShardFraction ?? null],
    ...operations.map(
      (operation): CsvColumn<Cell> => [
        `fate.${operation}`,
        (cell) => cell.operations.find((one) => one.operation === operation)?.fate ?? null,
      ],
    ),
  ];
}

/** Rows and bytes of each table on each shard; none where there is one table. */
function tableColumns(result: RunResult): readonly CsvColumn<Row>[] {
  const tables = namesIn(result, (cell) => (cell.tables ?? []).map(({ table }) => table));
  const read =
    (table: string, of: 'rows' | 'bytes') =>
    ({ cell, shard }: Row): Field => {
      const own = cell.tables?.find((one) => one.table === table);
      return shard === null ? null : (own?.[of][shard.shard.shard] ?? null);
    };
  return tables.flatMap((table): CsvColumn<Row>[] => [
    [`rows.${table}`, read(table, 'rows')],
    [`bytes.${table}`, read(table, 'bytes')],
  ]);
}

const namesIn = (
  { cells }: RunResult,
  of: (cell: Cell) => readonly string[],
): readonly string[] => [...new Set(cells.flatMap(of))];

const shardColumns: readonly CsvColumn<ShardOf>[] = [
  ['shard', ({ shard }) => shard.shard],
  ['writeQps', ({ shard }) => shard.writeQps],
  ['readQps', ({ shard }) => shard.readQps],
  ['writesSent', ({ shard }) => shard.writesSent],
  ['readsSent', ({ shard }) => shard.readsSent],
  ['responseMsP50', ({ shard }) => shard.responseMs.p50],
  ['responseMsP95', ({ shard }) => shard.responseMs.p95],
  ['responseMsP99', ({ shard }) => shard.responseMs.p99],
  ['responseMsP999', ({ shard }) => shard.responseMs.p999],
  ['responseCount', ({ shard }) => shard.responseMs.count],
  ['responseCensored', ({ shard }) => String(shard.responseMs.censored)],
  ['serviceMsP50', ({ shard }) => shard.serviceMs.p50],
  ['serviceMsP99', ({ shard }) => shard.serviceMs.p99],
  ['queueWaitMsMean', ({ shard }) => shard.queueWaitMs.mean],
  ['queriesPerSecond', ({ work }) => work?.queriesPerSecond ?? null],
  ['workPerSecond', ({ work }) => work?.workPerSecond ?? null],
  ['errors', ({ shard }) => shard.errors],
  ['timeouts', ({ shard }) => shard.timeouts],
  ['rows', ({ shard }) => shard.rows],
  ['bytes', ({ shard }) => shard.bytes],
];

/**
 * One row a cell and shard, numbers in full; a cell without shards has one row without them.
 * Attempts that the machine spoilt are left out: who sums up rows must not find a cell twice.
 */
export function csvReport(result: RunResult): string {
  const columns = [
    ...[...cellColumns, ...attemptColumns(result), ...workloadColumns(result)].map(
      ([head, read]): CsvColumn<Row> => [head, ({ cell }) => read(cell)],
    ),
    ...shardColumns.map(
      ([head, read]): CsvColumn<Row> => [
        head,
        ({ shard }) => (shard === null ? null : read(shard)),
      ],
    ),
    ...tableColumns(result),
  ];
  return csvText(columns, result.cells.flatMap(rowsOf));
}

function rowsOf(cell: Cell): readonly Row[] {
  if (cell.shards.length === 0) return [{ cell, shard: null }];
  return cell.shards.map((shard) => {
    const work = cell.work?.shards.find((one) => one.shard === shard.shard);
    return { cell, shard: { shard, work } };
  });
}

/** The heads, then a line for each row. */
export function csvText<T>(columns: readonly CsvColumn<T>[], rows: readonly T[]): string {
  const heads = columns.map(([head]) => head);
  const lines = rows.map((row) => columns.map(([, read]) => read(row)));
  return [heads, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would run as a formula gets a leading apostrophe. */
function field(value: Field): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@]/.test(value) ? `'${visible(value)}` : visible(value);
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
