import { sum } from '../base/statistics/moments.ts';
import type { Scenario } from '../scenario/types.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { storedBytes } from '../workload/tables/stored-tables.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import type { Workload } from '../workload/types.ts';

/** Of the loaded rows, in bytes. */
export interface LoadedBytes {
  /** The mean row that lies by the key. */
  readonly bytesOfRow: number;
  readonly all: number;
  /** One copy of the tables that every shard has whole. */
  readonly reference: number;
}

export function loadedBytes(
  { data }: Pick<Scenario, 'data'>,
  workload: Workload,
  keyName: string,
  known: Pick<LoadedKeys, 'rows'>,
): LoadedBytes {
  const layout = layoutOf(workload, keyName);
  const loaded = sum(known.rows);
  if (layout === null) {
    return { bytesOfRow: data.rowBytes, all: loaded * data.rowBytes, reference: 0 };
  }
  const { keyed, ownKey, reference, home } = storedBytes(workload, layout);
  const bytesOfRow = loaded === 0 ? 0 : keyed / loaded;
  return { bytesOfRow, all: keyed + ownKey + reference + home, reference };
}
