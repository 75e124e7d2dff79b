import type { HealthFact, TableActivity, TableEvidence } from '../../../profile/evidence.ts';
import { healthFact, type HealthPart, healthUnseen } from './health-report.ts';
import * as most from './thresholds.ts';

const named = 10;

/** What the counters of tables say. */
export function tableFacts(tables: readonly TableEvidence[]): HealthPart {
  const counted = tables.flatMap((table) =>
    table.activity === null ? [] : [{ name: table.name, ...table.activity }],
  );
  if (counted.length === 0 && tables.length > 0) {
    const unseen = healthUnseen('health-without-counters', ['dead-rows', 'sequential-scans']);
    return { facts: [], unseen: [unseen] };
  }
  return { facts: [deadRows(counted), sequentialScans(counted)], unseen: [] };
}

type Counted = TableActivity & { readonly name: string };

function deadRows(tables: readonly Counted[]): HealthFact {
  const shareOf = ({ liveRows, deadRows: dead }: Counted): number => dead / (liveRows + dead);
  const sizeable = tables
    .filter(({ liveRows, deadRows: dead }) => liveRows + dead >= most.tableRowsLeast)
    .toSorted((a, b) => shareOf(b) - shareOf(a));
  const bloated = sizeable.filter((table) => shareOf(table) > most.deadShareMost);
  const [worst] = sizeable;
  const never = sizeable.filter(({ lastVacuum }) => lastVacuum === null);
  return healthFact('dead-rows', worst === undefined ? 0 : shareOf(worst), 'share', {
    numbers: {
      deadRows: tables.reduce((sum, table) => sum + table.deadRows, 0),
      liveRows: tables.reduce((sum, table) => sum + table.liveRows, 0),
      tables: bloated.length,
      neverVacuumed: never.length,
    },
    names: {
      tables: bloated.slice(0, named).map(({ name }) => name),
      ...(worst?.lastVacuum !== null &&
        worst !== undefined && { worst: worst.name, lastVacuum: worst.lastVacuum }),
    },
    arguesFor: bloated.length > 0 ? 'vacuum' : null,
  });
}

function sequentialScans(tables: readonly Counted[]): HealthFact {
  const scanned = tables
    .filter(
      ({ liveRows, sequentialScans: scans, sequentialRows }) =>
        liveRows >= most.largeTableRows &&
        scans >= most.scansLeast &&
        sequentialRows / scans >= most.rowsOfScanLeast,
    )
    .toSorted((a, b) => b.sequentialRows - a.sequentialRows);
  return healthFact('sequential-scans', scanned.length, 'tables', {
    numbers: {
      scans: scanned.reduce((sum, table) => sum + table.sequentialScans, 0),
      rows: scanned.reduce((sum, table) => sum + table.sequentialRows, 0),
      indexScans: scanned.reduce((sum, table) => sum + table.indexScans, 0),
    },
    names: { tables: scanned.slice(0, named).map(({ name }) => name) },
    arguesFor: scanned.length > 0 ? 'index' : null,
  });
}
