import type { CandidateKey, SchemaEvidence } from '../../../profile/evidence.ts';
import { type KeyTable, keyTable } from './key-table.ts';

/** Parents and children whose numbers are wanted: two tables and the columns that join them. */
export interface WantedShape {
  readonly parent: KeyTable;
  readonly child: KeyTable;
}

/** Each foreign key, and each table of a candidate below its root; the same pair stands once. */
export function wantedShapes(
  schema: SchemaEvidence,
  candidates: readonly CandidateKey[],
): WantedShape[] {
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  const wanted = new Map<string, WantedShape>();
  const add = (parent: KeyTable | null, child: KeyTable | null): void => {
    if (parent === null || child === null) return;
    const columns = child.columns.map(({ name }) => name);
    const id = JSON.stringify([parent.table.name, child.table.name, columns]);
    if (!wanted.has(id)) wanted.set(id, { parent, child });
  };
  for (const child of schema.tables) {
    for (const { columns, table, references } of child.foreign) {
      const key = columns.join('+');
      add(keyTable(key, tables.get(table), references), keyTable(key, child, columns));
    }
  }
  for (const { key, columns, root } of candidates) {
    const own = columns.find(({ table }) => table === root);
    if (own === undefined) continue;
    const parent = keyTable(key, tables.get(own.table), own.columns);
    for (const below of columns) {
      if (below !== own) add(parent, keyTable(key, tables.get(below.table), below.columns));
    }
  }
  return [...wanted.values()];
}
