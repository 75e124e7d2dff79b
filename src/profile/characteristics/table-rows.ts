import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import type { TableActivity, TableEvidence } from '../evidence.ts';

type TableRow = CharacteristicsDocument['tables'][number];

export function tableRow(table: TableEvidence): TableRow {
  const { name, stored, kind, rows, bytes, partitions, columns, primary, activity } = table;
  return {
    table: name,
    stored: stored.schema === '' ? stored.name : `${stored.schema}.${stored.name}`,
    kind,
    rows: rows.basis === 'none' ? null : rows.count,
    rowsBasis: rows.basis,
    bytes: { ...bytes },
    partitions: partitions?.count ?? 0,
    columns: columns.length,
    primary: [...primary],
    rates: ratesOf(activity),
  };
}

/** A second; null where it is not known over how long they were counted. */
function ratesOf(activity: TableActivity | null): TableRow['rates'] {
  const seconds = activity?.seconds ?? null;
  if (activity === null || seconds === null || seconds <= 0) return null;
  const { inserted, updated, deleted } = activity;
  return {
    inserts: inserted / seconds,
    updates: updated / seconds,
    deletes: deleted / seconds,
    seconds,
  };
}
