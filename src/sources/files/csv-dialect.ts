import { csvRecords } from './csv-fields.ts';
import { isMissing, kindOfValues, type ValueKind } from './value-kinds.ts';

export interface CsvDialect {
  /** Lines before the first record: comments that begin with #, and Excel's `sep=;`. */
  readonly preamble: number;
  readonly delimiter: string;
  /** Whether the first record names the columns. */
  readonly header: boolean;
  /** As the file has them, or `column1` and so on without a header. */
  readonly names: readonly string[];
  /** By the first records only. */
  readonly kinds: readonly (ValueKind | null)[];
}

/** So many records decide about the delimiter, and so many about the types. */
const looked = { delimiter: 200, types: 5000 };

/**
 * What a beginning of a file shows about the whole. The quote is always `"`: where the beginning
 * has none, a later line may.
 *
 * @returns null where there is not even a first line
 */
export function csvDialect(
  all: string,
  { tabs, whole }: { readonly tabs: boolean; readonly whole: boolean },
): CsvDialect | null {
  const { preamble, text } = withoutPreamble(all);
  const delimiter = delimiterOf(text, tabs, whole);
  const records = csvRecords(text, delimiter, { most: looked.types, whole });
  const [first] = records;
  if (first === undefined) return null;
  const rest = records.slice(1).filter(({ length }) => length === first.length);
  const values = first.map((_, column) => rest.map((record) => record[column] ?? ''));
  const kinds = values.map((each) => kindOfValues(each.filter((value) => !isMissing(value))));
  const header = isHeader(first, kinds);
  if (header)
    return { preamble, delimiter, header, names: first.map((name) => name.trim()), kinds };
  return {
    preamble,
    delimiter,
    header,
    names: first.map((_, column) => `column${column + 1}`),
    kinds: kinds.map((kind, column) =>
      kind === null
        ? null
        : kindOfValues(
            [first[column] ?? '', ...(values[column] ?? [])].filter((value) => !isMissing(value)),
          ),
    ),
  };
}

function withoutPreamble(all: string): { preamble: number; text: string } {
  let preamble = 0;
  let text = all;
  for (;;) {
    const line = /^(#|sep=.\r?\n)/.test(text) ? /^[^\r\n]*(\r\n|\n)/.exec(text)?.[0] : undefined;
    if (line === undefined || line.length === text.length) return { preamble, text };
    preamble += 1;
    text = text.slice(line.length);
  }
}

/** The one by which most records are as wide as the first; of equals the one with more fields. */
function delimiterOf(text: string, tabs: boolean, whole: boolean): string {
  const order = tabs ? ['\t', ',', ';', '|'] : [',', ';', '\t', '|'];
  const tried = order.map((delimiter) => {
    const records = csvRecords(text, delimiter, { most: looked.delimiter, whole });
    const fields = records[0]?.length ?? 0;
    const alike = records.filter(({ length }) => length === fields).length;
    return { delimiter, fields, share: records.length === 0 ? 0 : alike / records.length };
  });
  const [best] = tried
    .filter(({ fields }) => fields > 1)
    .toSorted((a, b) => b.share - a.share || b.fields - a.fields);
  if (best !== undefined) return best.delimiter;
  // One column, whose values may well have commas.
  return [...order, '\u001F'].find((delimiter) => !text.includes(delimiter)) ?? ',';
}

/**
 * Whether the first record is the names: a name above typed values says so; a typed value in it,
 * without any such name, says that it is a row.
 */
function isHeader(first: readonly string[], kinds: readonly (ValueKind | null)[]): boolean {
  const typed = first.map((value) => !isMissing(value) && kindOfValues([value]) !== null);
  const named = first.some((_, column) => typed[column] === false && kinds[column] !== null);
  return named || !typed.some(Boolean);
}
