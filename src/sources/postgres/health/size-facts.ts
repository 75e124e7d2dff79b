import type { HealthFact, TableEvidence } from '../../../profile/evidence.ts';
import { healthFact } from './health-report.ts';
import type { ServerSettings } from './server-settings.ts';
import * as most from './thresholds.ts';

const named = 5;

export const tableBytes = ({ bytes }: TableEvidence): number =>
  bytes.heap + bytes.indexes + bytes.toast;

const sumOf = (tables: readonly TableEvidence[], of: (table: TableEvidence) => number): number =>
  tables.reduce((sum, table) => sum + of(table), 0);

export function sizeFacts(
  tables: readonly TableEvidence[],
  settings: ServerSettings,
): readonly HealthFact[] {
  return [largestTables(tables, settings), databaseSize(tables, settings), toastShare(tables)];
}

function largestTables(tables: readonly TableEvidence[], settings: ServerSettings): HealthFact {
  const { sharedBuffersBytes: sharedBuffers, cacheBytes: cache } = settings;
  const largest = tables.toSorted((a, b) => tableBytes(b) - tableBytes(a)).slice(0, named);
  const limit = Math.max(cache, most.partitionBytesLeast);
  const unsplit = largest.filter((each) => each.kind === 'table' && tableBytes(each) > limit);
  const [first] = largest;
  return healthFact('largest-tables', first === undefined ? 0 : tableBytes(first), 'bytes', {
    numbers: { sharedBuffers, cache, largestTogether: sumOf(largest, tableBytes) },
    names: { tables: largest.map(({ name }) => name) },
    arguesFor: unsplit.length > 0 ? 'partitions' : null,
  });
}

function databaseSize(tables: readonly TableEvidence[], settings: ServerSettings): HealthFact {
  const all = sumOf(tables, tableBytes);
  return healthFact('database-size', all, 'bytes', {
    numbers: {
      sharedBuffers: settings.sharedBuffersBytes,
      cache: settings.cacheBytes,
      heap: sumOf(tables, ({ bytes }) => bytes.heap),
      indexes: sumOf(tables, ({ bytes }) => bytes.indexes),
      toast: sumOf(tables, ({ bytes }) => bytes.toast),
      tables: tables.length,
    },
    arguesFor: all > most.databaseBytesMost ? 'sharding' : null,
  });
}

function toastShare(tables: readonly TableEvidence[]): HealthFact {
  const all = sumOf(tables, tableBytes);
  const toast = sumOf(tables, ({ bytes }) => bytes.toast);
  const share = all === 0 ? 0 : toast / all;
  const heavy = tables
    .filter(({ bytes }) => bytes.toast > all / 100)
    .toSorted((a, b) => b.bytes.toast - a.bytes.toast);
  return healthFact('toast-share', share, 'share', {
    numbers: { bytes: toast },
    names: { tables: heavy.slice(0, named).map(({ name }) => name) },
    arguesFor:
      share > most.toastShareMost && toast > most.toastBytesLeast ? 'blobs-elsewhere' : null,
  });
}
