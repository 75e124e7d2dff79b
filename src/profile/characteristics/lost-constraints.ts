import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import type { SchemaEvidence, TableEvidence } from '../evidence.ts';
import type { KeyPlacing } from './key-placing.ts';

type LostConstraint = CandidateCharacteristics['lostConstraints'][number];

/** Constraints that no shard can hold whole under a key. */
export function lostConstraints(
  { tables }: SchemaEvidence,
  { layouts, placing }: KeyPlacing,
): LostConstraint[] {
  const plain = placing.lost.map(({ table, kind, columns, references }): LostConstraint => {
    const lost = { table, kind, columns: [...columns] };
    return references === undefined ? lost : { ...lost, references };
  });
  const byName = new Map(layouts.map((layout) => [layout.table, layout]));
  const exclusions = tables.flatMap((table) => {
    const { keyColumns = [] } = byName.get(table.name) ?? {};
    return keyColumns.length === 0 ? [] : lostExclusions(table, keyColumns);
  });
  return [...plain, ...exclusions];
}

/** Rows that exclude each other are on one shard only where they must have the same key. */
function lostExclusions(table: TableEvidence, keyColumns: readonly string[]): LostConstraint[] {
  return table.exclusions.flatMap(({ definition }): LostConstraint[] => {
    const parts = partsOf(definition, table);
    const isHeld = keyColumns.every((column) =>
      parts.some((part) => part.column === column && part.operator === '='),
    );
    const columns = parts.map((part) => part.column);
    return isHeld ? [] : [{ table: table.name, kind: 'exclusion', columns }];
  });
}

/** Of `EXCLUDE USING gist (room_id WITH =, during WITH &&)`: its columns, each with its operator. */
function partsOf(
  definition: string,
  { columns }: TableEvidence,
): { readonly column: string; readonly operator: string }[] {
  const found = definition.matchAll(
    /(?:^|[(,]\s*)"?([^"(),]+?)"?(?:\s+[a-z_]\w*)*\s+WITH\s+(?:OPERATOR\([\w"]+\.)?([^\s,)A-Za-z]+)/gi,
  );
  return [...found].flatMap(([, name = '', operator = '']) => {
    const column = columns.find((each) => each.stored === name || each.name === name);
    return column === undefined ? [] : [{ column: column.name, operator }];
  });
}
