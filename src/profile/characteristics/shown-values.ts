import type { CandidateKey, ColumnEvidence, SchemaEvidence, TableEvidence } from '../evidence.ts';

/** Gives a value the name by which documents call it: a pseudonym of its type, or itself. */
export interface ValueNames {
  of(value: string, type: string): string;
}

/** Between the columns of a composite key, in what sources give. */
const separator = '\u001f';

/** Values of a key as the document shows them; what belongs to the schema stays as it is. */
export function shownValue(
  { columns }: CandidateKey,
  { tables }: SchemaEvidence,
  names: ValueNames,
): (value: string) => string {
  const [first] = columns;
  const table = tables.find(({ name }) => name === first?.table);
  const parts = (first?.columns ?? []).map((name) => {
    return { column: table?.columns.find((each) => each.name === name), table };
  });
  return (value) =>
    value
      .split(separator)
      .map((text, index) => shownPart(text, parts[index] ?? {}, names))
      .join(', ');
}

function shownPart(
  text: string,
  part: {
    readonly column?: ColumnEvidence | undefined;
    readonly table?: TableEvidence | undefined;
  },
  names: ValueNames,
): string {
  const { column, table } = part;
  if (column === undefined || table === undefined) return names.of(text, 'text');
  return isOfSchema(text, column, table) ? text : names.of(text, column.base);
}

/** Labels of an enum, and texts that a CHECK or the DEFAULT of the column names. */
function isOfSchema(text: string, column: ColumnEvidence, { checks }: TableEvidence): boolean {
  if (column.enumLabels.includes(text)) return true;
  const literal = `'${text.replaceAll("'", "''")}'`;
  const word = new RegExp(`(?<![\\w.])"?${column.name}"?(?!\\w)`);
  return (
    (column.default?.includes(literal) ?? false) ||
    checks.some((check) => check.includes(literal) && word.test(check))
  );
}
