import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import { present } from '../../base/assert.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { tableOrder } from '../../scenario/tables/table-order.ts';
import { rowsComment } from '../../wording/written-scenario.ts';
import type {
  CandidateKey,
  ColumnEvidence,
  Evidence,
  SchemaEvidence,
  TableEvidence,
} from '../evidence.ts';
import { withPairs } from './association-tables.ts';
import { columnType } from './column-types.ts';
import { type DraftColumn, type DraftTable, tenantWord } from './draft.ts';
import { type Hanging, hangingOf } from './hanging.ts';
import { writtenIndexes } from './indexes.ts';
import { hasTenants, linkedColumns, type SharedColumns } from './linked-columns.ts';
import { ownColumn, type PseudonymSource } from './own-values.ts';
import type { RowScale } from './row-scale.ts';
import { type CountedTables, tableRows } from './table-rows.ts';
import { tableLinks, withoutCircles } from './table-links.ts';
import type { Tenancy } from './tenancy.ts';
import { uniqueColumns } from './unique-columns.ts';

export interface DraftTables {
  /** Each after those it needs. */
  readonly tables: readonly DraftTable[];
  readonly notes: readonly Fact[];
}

export interface TablesWanted {
  readonly evidence: Evidence;
  readonly schema: SchemaEvidence;
  readonly tenancy: Tenancy;
  readonly tenants: number;
  readonly tenantsSeen: number;
  readonly sharesOf: string | null;
  readonly scale: RowScale;
  readonly pseudonyms: PseudonymSource;
}

export function draftTables(wanted: TablesWanted): DraftTables {
  const { evidence, schema, tenancy, scale } = wanted;
  const found = tableLinks(schema, evidence.candidates);
  const { kept: links, leftOut } = withoutCircles(found, tenancy.root);
  const hanging = hangingOf(schema, links, tenancy);
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  const counted: CountedTables = {
    evidence,
    tenancy,
    tenants: wanted.tenants,
    tenantsSeen: wanted.tenantsSeen,
    sharesOf: wanted.sharesOf,
    seenOf: (name) => Math.round(byName.get(name)?.rows.count ?? 0),
    rowsOf: (name) => {
      if (name === tenancy.root) return wanted.tenants;
      const table = byName.get(name);
      return table === undefined ? 0 : scale.rows(table);
    },
  };
  const hangingOn = (name: string): Hanging => present(hanging.get(name), `what ${name} hangs on`);
  const rows = new Map(
    schema.tables.map((table) => [table.name, tableRows(table, hangingOn(table.name), counted)]),
  );
  const notes = leftOut.flatMap((link) =>
    link.declared === null ? [] : [foreignNote(codes.foreignInCircle, link)],
  );
  const shared = sharedColumns(evidence.candidates, byName);
  const drafts = schema.tables.map((table): DraftTable => {
    const linked = linkedColumns(table, { tenancy, hanging, links, rows, shared });
    notes.push(
      ...linked.leftOut
        .filter(({ declared }) => declared !== null)
        .map((link) => foreignNote(codes.foreignNotHeld, link)),
    );
    const on = hangingOn(table.name);
    const own = present(rows.get(table.name), 'rows');
    const columns = table.columns.map(
      (column) =>
        linked.columns.get(column.name) ??
        ownColumn(table, column, columnType(column), wanted.pseudonyms),
    );
    const key = tenancy.columnOf.get(table.name);
    const within = on.on === 'table' ? on.link.columns : on.on === 'tenant' && key ? [key] : null;
    return {
      name: table.name,
      per: on.on === 'table' ? on.link.parent : on.on === 'tenant' ? tenantWord : null,
      rows: own,
      columns: uniqueColumns(table, columns, within),
      primary: table.primary,
      unique: table.unique,
      foreign: linked.foreign,
      indexes: writtenIndexes(table),
      comment: commentOf(table, own, hasTenants(table.name, hanging)),
    };
  });
  return { tables: inOrder(withPairs(drafts)), notes: [...notes, ...tableNotes(schema.tables)] };
}

function sharedColumns(
  candidates: readonly CandidateKey[],
  byName: ReadonlyMap<string, TableEvidence>,
): SharedColumns {
  const alone = candidates.filter(
    ({ root, columns }) => root === null && columns.every((each) => each.columns.length === 1),
  );
  return alone.map(
    ({ columns }) =>
      new Map(
        columns.flatMap(({ table, columns: [name] }) =>
          (byName.get(table)?.columns ?? [])
            .filter((column) => column.name === name)
            .map((column): [string, ColumnEvidence] => [table, column]),
        ),
      ),
  );
}

function commentOf(
  table: TableEvidence,
  rows: ReturnType<typeof tableRows>,
  isOfTenants: boolean,
): string[] {
  const { name, stored, rows: seen, partitions, kind } = table;
  return rowsComment({
    // The path of a file stands in the header.
    stored: stored.name === name || kind === 'file' ? null : `${stored.schema}.${stored.name}`,
    rows: seen.count,
    rowsBasis: seen.basis,
    written: rows.total,
    spreadBasis: rows.basis,
    partitions: partitions?.count ?? null,
    isForeign: kind === 'foreign',
    isOfTenants,
  });
}

function foreignNote(
  code: string,
  link: { child: string; parent: string; columns: readonly string[] },
) {
  const { child, parent, columns } = link;
  return fact(code, { severity: 'warning', names: { table: child, columns, references: parent } });
}

/** What tables have that scenarios do not. */
function tableNotes(tables: readonly TableEvidence[]): Fact[] {
  return tables.flatMap((table) => {
    const generated = table.columns.filter((column) => column.generated !== null);
    const mapped = table.columns.filter((column) => columnType(column).mapped);
    const names = (columns: readonly { readonly name: string }[]) =>
      columns.map(({ name }) => name);
    return [
      ...(table.exclusions.length === 0
        ? []
        : [
            fact(codes.exclusionLeftOut, {
              names: { table: table.name, columns: names(table.exclusions) },
            }),
          ]),
      ...(generated.length === 0
        ? []
        : [
            fact(codes.generatedPlain, {
              names: { table: table.name, columns: names(generated) },
            }),
          ]),
      ...(mapped.length === 0
        ? []
        : [fact(codes.typeMapped, { names: { table: table.name, columns: names(mapped) } })]),
    ];
  });
}

function inOrder(tables: readonly DraftTable[]): readonly DraftTable[] {
  const found = tableOrder(
    tables.map(({ name, per, columns, foreign }) => ({
      name,
      needs: [
        ...(per === null || per === tenantWord ? [] : [per]),
        ...columns.flatMap(picked),
        ...foreign.map(({ table }) => table),
      ],
    })),
  );
  if ('circle' in found) return tables;
  const places = new Map(found.order.map((name, place) => [name, place]));
  return tables.toSorted((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0));
}

const picked = ({ made }: DraftColumn): string[] => (made.by === 'pick' ? [made.table] : []);
