import { present } from '../../base/assert.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { measureRowBytes } from '../../postgres/tables/row-bytes.ts';
import { workloadRows } from '../../postgres/tables/workload-rows.ts';
import type { TableWorkload, Workload } from '../../workload/types.ts';

/** Below this a wrong guess fits all the same, and measuring would take longer than loading. */
const worthMeasuring = 100e6;

/**
 * Rows of many tables, with bytes of a row that are measured on a sample where the scenario does
 * not say them: refuses what the disk has no room for, before the first cell is loaded.
 * @param guessed bytes of all tables, as the fleet was asked for
 */
export async function checkMeasuredRoom(
  workload: Workload,
  fleet: RunningFleet,
  guessed: number,
): Promise<void> {
  const { tables } = workload;
  const [maintenance] = fleet.shards;
  if (tables === undefined || maintenance === undefined || fleet.checkDisk === undefined) return;
  if (guessed < worthMeasuring) return;
  const said = tables.set.tables.every(({ rowBytes }) => rowBytes !== null);
  const rows = workloadRows(workload, { shardOf: () => () => 0 });
  const measured = said ? [] : await measureRowBytes(maintenance, rows);
  const rowBytes = tables.set.tables.map(
    (table, index) => table.rowBytes ?? present(measured[index], 'measured table'),
  );
  await fleet.checkDisk(largestCell(tables, rowBytes, fleet.shards.length));
}

/** Bytes of all shards together under the layout that takes most. */
export function largestCell(
  { set, loaded, layouts }: TableWorkload,
  rowBytes: readonly number[],
  shards: number,
): number {
  const once = set.tables.map((_, i) => (loaded[i]?.count ?? 0) * (rowBytes[i] ?? 0));
  const copied = [...layouts.values()].map((layout) =>
    layout.tables.reduce(
      (sum, { placement }, i) => sum + (placement === 'reference' ? (once[i] ?? 0) : 0),
      0,
    ),
  );
  const whole = once.reduce((sum, bytes) => sum + bytes, 0);
  return whole + (shards - 1) * Math.max(0, ...copied);
}
