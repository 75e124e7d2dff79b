import { type KeyType, keyProblem } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { type CsvTable, parseCsv } from './csv-table.ts';

/** So many problems are written out; of the others only the number. */
const shownProblems = 20;

/** The table of a file with a line for each tenant; a UserError where it is none. */
export function readTable(text: string, path: string): CsvTable {
  const nul = text.indexOf('\0');
  if (nul !== -1) fail([`${nulPosition(text, nul, path)}: found a NUL byte; text was expected`]);
  const table = parseCsv(text, path);
  if (table.header.length === 0) {
    fail([`${path}:1:1: the file is empty; a header and a line for each tenant were expected`]);
  }
  return table;
}

/** After the columns were looked for: ends with their problems, adds those of the lines' widths. */
export function checkRecords(table: CsvTable, path: string, problems: string[]): void {
  if (problems.length > 0) fail(problems, separatorHint(table.header));
  if (table.records.length === 0) {
    fail([`${path}:2:1: no tenants follow the header; one line for each was expected`]);
  }
  checkWidths(table, problems);
}

/**
 * What a header of one column with another separator in it says: what the file is, and what helps.
 */
function separatorHint(header: readonly string[]): string | undefined {
  const [only = ''] = header;
  const found =
    header.length === 1 ? separators.find(({ mark }) => only.includes(mark)) : undefined;
  if (found === undefined) return undefined;
  return (
    `The fields of this file are separated by ${found.name}. Save it with commas between ` +
    'the fields' +
    (found.mark === ';' ? ', and with a point (not a comma) in numbers.' : '.')
  );
}

const separators = [
  { mark: ';', name: 'semicolons' },
  { mark: '\t', name: 'tabs' },
  { mark: '|', name: 'vertical bars' },
];

export function fail(problems: readonly string[], hint?: string): never {
  const shown = problems.slice(0, shownProblems);
  const more = problems.length - shown.length;
  if (more > 0) shown.push(`and ${more} more problems in this file`);
  throw new UserError(shown.join('\n'), {
    exitCode: exitCodes.usage,
    ...(hint !== undefined && { hint }),
  });
}

function nulPosition(text: string, at: number, path: string): string {
  const before = text.slice(0, at).split('\n');
  return `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

export function findColumn(table: CsvTable, name: string, problems: string[]): number {
  const { header } = table;
  const index = header.indexOf(name);
  if (index === -1) {
    const meant = suggest(name, header) ?? header.find((other) => isPartOf(name, other));
    // One column that is all of them is not the one that was meant.
    const near = separatorHint(header) === undefined ? meant : undefined;
    const known = `the header has ${header.map((column) => JSON.stringify(column)).join(', ')}`;
    const hint = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
    problems.push(
      `${table.where(-1, 0)}: there is no column ${JSON.stringify(name)}: ${known}${hint}`,
    );
  } else if (header.includes(name, index + 1)) {
    const second = table.where(-1, header.indexOf(name, index + 1));
    problems.push(`${second}: column ${JSON.stringify(name)} occurs twice in the header`);
  }
  return index;
}

/**
 * `tenant` and `tenant_id`, `requests` and `weekly_requests`: further apart than slips of the hand.
 */
function isPartOf(name: string, other: string): boolean {
  const [a, b] = [name, other].map((each) => each.toLowerCase().replaceAll(/[^\p{L}\d]/gu, ''));
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < 2) return false;
  return a.includes(b) || b.includes(a);
}

function checkWidths(table: CsvTable, problems: string[]): void {
  const width = table.header.length;
  table.records.forEach((record, i) => {
    if (record.length === width) return;
    const place = table.where(i, 0);
    problems.push(`${place}: ${record.length} fields, but the header has ${width}`);
  });
}

/** Ids of the records, in their order; problems of them are added. */
export function readIds(
  table: CsvTable,
  column: number,
  type: KeyType,
  problems: string[],
): string[] {
  const firstWith = new Map<string, number>();
  return table.records.map((record, i) => {
    const field = record[column];
    // Too few fields: reported already.
    if (field === undefined) return '';
    const id = type === 'uuid' ? field.toLowerCase() : field;
    const problem = field === '' ? 'is empty' : keyProblem(type, field);
    const earlier = firstWith.get(id);
    if (problem !== null) {
      problems.push(`${table.where(i, column)}: tenant id ${JSON.stringify(field)} ${problem}`);
    } else if (earlier === undefined) {
      firstWith.set(id, i);
    } else {
      const line = table.lineOf(earlier);
      const place = table.where(i, column);
      problems.push(`${place}: tenant ${JSON.stringify(id)} occurs twice, first on line ${line}`);
    }
    return id;
  });
}
