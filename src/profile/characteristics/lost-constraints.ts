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

/** Of `EXCLUDE USING gist (room_id WITH =, during WITH &&)`: columns with their operators. */
function partsOf(
  definition: string,
  { columns }: TableEvidence,
): { readonly column: string; readonly operator: string }[] {
  const pieces = definition.split(/\s+WITH\s+/i);
  return pieces.slice(1).flatMap((after, index) => {
    // An operator class may stand behind the column; what has a bracket is an expression.
    const before = (pieces[index] ?? '').split(/[(,]/).at(-1)?.trim() ?? '';
    const name = /^(?:"([^"]+)"|(\w+))[^)]*$/.exec(before);
    const stored = name?.[1] ?? name?.[2];
    const column = columns.find((each) => each.stored === stored || each.name === stored);
    const operator = /^(?:OPERATOR\([^.)]*\.)?([^\s,)\w"]+)/i.exec(after)?.[1] ?? '';
    return column === undefined ? [] : [{ column: column.name, operator }];
  });
}
