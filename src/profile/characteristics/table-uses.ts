import type { TableUse } from '../../sql/default-placement.ts';
import type { SchemaEvidence, TableActivity } from '../evidence.ts';
import type { WeighedStatements } from './weighed-statements.ts';

/** By table: its rows, and the share of all work that writes it. */
export function usesOfTables(
  { tables }: SchemaEvidence,
  { statements, calls }: WeighedStatements,
): ReadonlyMap<string, TableUse> {
  const shares = calls > 0 ? sharesOfCalls(statements, calls) : sharesOfActivity(tables);
  return new Map(
    tables.map(({ name, rows }) => {
      const known = rows.basis === 'none' ? 0 : rows.count;
      return [name, { rows: known, writes: shares.get(name) ?? 0 }];
    }),
  );
}

function sharesOfCalls(
  statements: WeighedStatements['statements'],
  calls: number,
): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { written, template } of statements) {
    for (const table of written) {
      shares.set(table, (shares.get(table) ?? 0) + template.calls / calls);
    }
  }
  return shares;
}

/** Without queries, rows that were written over these and scans, which is as near as it comes. */
function sharesOfActivity(tables: SchemaEvidence['tables']): Map<string, number> {
  const known = tables.flatMap(({ name, activity }) =>
    activity === null ? [] : { name, activity },
  );
  const all = known.reduce((sum, { activity }) => sum + writesIn(activity) + scansIn(activity), 0);
  return new Map(
    known.map(({ name, activity }) => [name, all === 0 ? 0 : writesIn(activity) / all]),
  );
}

const writesIn = ({ inserted, updated, deleted }: TableActivity): number =>
  inserted + updated + deleted;

const scansIn = ({ sequentialScans, indexScans }: TableActivity): number =>
  sequentialScans + indexScans;
