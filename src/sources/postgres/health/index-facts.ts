import type { HealthFact, IndexEvidence, TableEvidence } from '../../../profile/evidence.ts';
import { hasIndex, keyTable } from '../keys/key-table.ts';
import { healthFact } from './health-report.ts';
import * as most from './thresholds.ts';

const named = 10;

export const indexFacts = (tables: readonly TableEvidence[]): readonly HealthFact[] => [
  unusedIndexes(tables),
  foreignKeysWithoutIndex(tables),
];

/** Unique ones hold a constraint; those that a foreign key leads by serve deletes of parents. */
function unusedIndexes(tables: readonly TableEvidence[]): HealthFact {
  const unused = tables
    .filter(({ activity }) => activity !== null && activity.liveRows >= most.tableRowsLeast)
    .flatMap((table) => table.indexes.filter((index) => isUnused(table, index)))
    .toSorted((a, b) => b.bytes - a.bytes);
  const seconds = tables.find(({ activity }) => activity !== null)?.activity?.seconds;
  return healthFact(
    'unused-indexes',
    unused.reduce((sum, { bytes }) => sum + bytes, 0),
    'bytes',
    {
      numbers: { indexes: unused.length, seconds },
      names: { indexes: unused.slice(0, named).map(({ name }) => name) },
    },
  );
}

const isUnused = (table: TableEvidence, { unique, scans, columns }: IndexEvidence): boolean =>
  !unique &&
  scans === 0 &&
  !table.foreign.some((key) => key.columns.every((name, at) => columns[at] === name));

function foreignKeysWithoutIndex(tables: readonly TableEvidence[]): HealthFact {
  const missing = tables
    .filter(({ rows }) => rows.count >= most.tableRowsLeast)
    .flatMap((table) =>
      table.foreign
        .filter(({ columns }) => !isIndexed(table, columns))
        .map(({ columns }) => `${table.name}.${columns.join('+')}`),
    );
  return healthFact('foreign-keys-without-index', missing.length, 'keys', {
    names: { keys: missing.slice(0, named) },
    arguesFor: missing.length > 0 ? 'index' : null,
  });
}

function isIndexed(table: TableEvidence, columns: readonly string[]): boolean {
  const place = keyTable('', table, columns);
  return place === null || hasIndex(place);
}
