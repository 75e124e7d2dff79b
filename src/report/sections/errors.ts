import type { Cell, ErrorCount, RunResult } from '../../result/types.ts';
import type { Block, Section, Value } from '../document.ts';
import { integer, significant } from '../../wording/format.ts';
import { noteWith, rowLimit } from '../row-limit.ts';
import { name, sentence } from '../text.ts';
import { column, missing, missingNote, strategyValue, value } from '../values.ts';

const seen = { group: 'Seen, s' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Operation', { align: 'text' }),
  column('Code', { align: 'text', meaning: 'SQLSTATE of the server, or what ended the query' }),
  column('Shard'),
  column('count'),
  column('first', seen),
  column('last', seen),
  column('Message', { align: 'text', meaning: 'Of the first one; values of rows are masked' }),
];

/** What failed, how often, where and when; left out where nothing did. */
export function errorSections(result: RunResult): readonly Section[] {
  const blocks = [...tableOf(result), ...expectedOf(result)];
  return blocks.length === 0 ? [] : [{ id: 'errors', title: 'Errors', blocks }];
}

function tableOf({ cells }: RunResult): readonly Block[] {
  const all = cells.flatMap((cell) =>
    (cell.errors ?? []).map((error, index) => rowOf(cell, error, index === 0)),
  );
  if (all.length === 0) return [];
  const rows = all.slice(0, rowLimit);
  const leftOut =
    rows.length === all.length
      ? null
      : `${all.length - rows.length} rows are left out; shardlab report --format json has them.`;
  const note = noteWith(missingNote(rows), leftOut);
  return [{ kind: 'table', caption: 'Queries that failed', columns, rows, note }];
}

function rowOf(cell: Cell, error: ErrorCount, first: boolean): readonly Value[] {
  const seconds = (ms: number): Value => value(significant(ms / 1000));
  return [
    { ...strategyValue(cell), first },
    value(name(error.operation)),
    value(name(error.code)),
    error.shard === null
      ? missing('the operation timed out as a whole')
      : value(String(error.shard)),
    value(integer(error.count)),
    seconds(error.firstMs),
    seconds(error.lastMs),
    value(sentence(error.message)),
  ];
}

/** Errors that belong to the workload are no failures, but must not vanish. */
function expectedOf({ cells }: RunResult): readonly Block[] {
  const items = cells.flatMap((cell) =>
    cell.operations
      .filter(({ expected = 0 }) => expected > 0)
      .map(
        ({ operation, expected = 0, ok = 0 }) =>
          `With ${name(cell.strategy)}, ${integer(expected)} of the ${integer(ok)} successful ` +
          `runs of ${name(operation)} ended with an error that the scenario expects, or with ` +
          'their own ROLLBACK. They count as successes.',
      ),
  );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
