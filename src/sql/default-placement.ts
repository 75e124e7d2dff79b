import type { TableLayout } from '../scenario/layout-types.ts';
import type { KeyOfTable, Table, TableChoices } from '../scenario/table-types.ts';
import { familyOfType, isKeyFamily } from './families.ts';

type TableKey = Pick<KeyOfTable, 'columns' | 'bits'>;

/** A table with no more rows than this, and written no more than that, is copied to every shard. */
export const referenceRowsMost = 100_000;
export const referenceWritesMost = 0.01;

/** What is known of a table besides its columns. */
export interface TableUse {
  /** Rows that are loaded. */
  readonly rows: number;
  /** Share of the operations, by weight, that write it. */
  readonly writes: number;
}

/** Where a table lies: as the strategy says, by the key, or by default. */
export function placeTable(
  table: Table,
  key: TableKey | undefined,
  choices: TableChoices | undefined,
  use: TableUse,
): TableLayout {
  const { name } = table;
  const own = choices?.own.find((each) => each.table === name);
  if (own !== undefined) return byColumns(table, 'own-key', own, 'stated');
  if (choices?.reference.includes(name) === true) return without(table, 'reference', 'stated');
  if (choices?.home.includes(name) === true) return without(table, 'home', 'stated');
  if (key !== undefined) return byColumns(table, 'sharded', key, 'key');
  if (use.rows <= referenceRowsMost && use.writes <= referenceWritesMost) {
    return without(table, 'reference', 'small');
  }
  const [first] = table.primary;
  const column = table.columns.find((each) => each.name === first);
  if (column !== undefined && isKeyFamily(familyOfType(column.type))) {
    return byColumns(table, 'own-key', { columns: [column.name] }, 'primary-key');
  }
  return without(table, 'home', 'no-key');
}

function byColumns(
  { name }: Table,
  placement: 'sharded' | 'own-key',
  { columns, bits }: TableKey,
  reason: TableLayout['reason'],
): TableLayout {
  const layout = { table: name, placement, keyColumns: columns, reason };
  return bits === undefined ? layout : { ...layout, bits };
}

const without = (
  { name }: Table,
  placement: 'reference' | 'home',
  reason: TableLayout['reason'],
): TableLayout => ({ table: name, placement, keyColumns: [], reason });
