import { CsvError, parse } from 'csv-parse/sync';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/** A comma-separated file: its header and records, each of which can be found in the text again. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** `path:line:column` of field `field` of record `record`; of the header for record -1. */
  where(record: number, field: number): string;
  /** Line on which record `record` begins, from 1. */
  lineOf(record: number): number;
}

/** Reads RFC 4180 text; broken quoting is a UserError with the line. Empty lines do not count. */
export function parseCsv(text: string, path: string): CsvTable {
  const endLines: number[] = [];
  const all = readRecords(text, path, endLines);
  let lines: string[] | null = null;

  function startLine(index: number): number {
    const breaks = (all[index] ?? []).join('').match(/\r\n|\n|\r/g)?.length ?? 0;
    return (endLines[index] ?? 1) - breaks;
  }

  return {
    header: (all[0] ?? []).map((name) => name.trim()),
    records: all.slice(1),
    lineOf: (record) => startLine(record + 1),
    where(record, field) {
      lines ??= text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
      const line = startLine(record + 1);
      const own = lines.slice(line - 1, endLines[record + 1] ?? line).join('\n');
      return position(path, line, own, fieldStart(own, field));
    },
  };
}

function readRecords(text: string, path: string, endLines: number[]): string[][] {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[], context) => {
        endLines.push(context.lines);
        return record;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? `:${error['lines']}` : '';
    throw new UserError(`${path}${line}: ${error.message}`, {
      exitCode: exitCodes.usage,
      hint: 'separate fields with commas; put a field that has a comma or a quote in double quotes',
      cause: error,
    });
  }
}

/** Offset at which field `index` begins in the text of one record. */
function fieldStart(record: string, index: number): number {
  let left = index;
  let quoted = false;
  for (let i = 0; i < record.length && left > 0; i += 1) {
    if (record[i] === '"') quoted = !quoted;
    else if (record[i] === ',' && !quoted) left -= 1;
    if (left === 0) return i + 1;
  }
  return index === 0 ? 0 : record.length;
}

function position(path: string, line: number, record: string, offset: number): string {
  const before = record.slice(0, offset).split('\n');
  return `${path}:${line + before.length - 1}:${(before.at(-1) ?? '').length + 1}`;
}
