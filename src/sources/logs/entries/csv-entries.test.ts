import { expect, test } from 'vitest';
import { loggedText } from '../log-fixture.ts';
import { loggedStatements } from '../logged-statement-fixture.ts';
import { UnparsedCounts } from '../unparsed-counts.ts';
import { CsvEntries } from './csv-entries.ts';
import type { LogEntry } from './log-entry.ts';
import { LogTimes } from './log-times.ts';

function read(text: string): { entries: LogEntry[]; reasons: (string | number | null)[][] } {
  const entries: LogEntry[] = [];
  const unparsed = new UnparsedCounts();
  const csv = new CsvEntries((entry) => entries.push(entry), new LogTimes(), unparsed);
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  for (const [index, line] of lines.entries()) csv.line(line, index + 1);
  csv.end(last === '' ? null : { text: last, number: lines.length + 1 });
  const reasons = unparsed.list(0).map(({ line, reason, count }) => [line, reason, count]);
  return { entries, reasons };
}

const rows = [...loggedStatements(4, { style: 'bind', seed: 3 })].map((each) =>
  loggedText({ ...each, sql: `${each.sql}\n\n2026-01-31 18:00:00.000 UTC,"x"\n` }, 'csvlog'),
);
const messages = read(rows.join('')).entries.map(({ message }) => message);

test.each([
  ['12', 23],
  ['13', 24],
  ['14 to 18', 26],
])('columns of version %s', (_, columns) => {
  const older = rows.map((row) => {
    const tail = ',"web","client backend",,0\n';
    const all = [',"web"', ',"client backend"', ',', ',0'].slice(0, columns - 22);
    return row.replace(tail, `${all.join('')}\n`);
  });
  const { entries, reasons } = read(older.join(''));
  expect(entries.map(({ message }) => message)).toEqual(messages);
  expect(reasons).toEqual([]);
});

test('a row that is cut at any place, as after a crash, costs itself only', () => {
  const [first = '', second = '', ...others] = rows;
  for (let cut = 1; cut < second.length - 1; cut += 1) {
    const { entries, reasons } = read(`${first}${second.slice(0, cut)}\n${others.join('')}`);
    const shown = entries.map(({ message }) => message);
    expect(shown.slice(0, 1), `cut at ${cut}`).toEqual(messages.slice(0, 1));
    expect(shown.slice(-2), `cut at ${cut}`).toEqual(messages.slice(2));
    // A row without its last columns is one of an older version.
    expect(shown.length + reasons.length, `cut at ${cut}`).toBeGreaterThanOrEqual(4);
    expect(shown.length).toBeLessThanOrEqual(4);
  }
});

test('a field too many, or what follows a quote, is no row', () => {
  const [first = '', second = ''] = rows;
  const more = first.replace(/\n$/, ',\n');
  const quote = first.replace('"app"', '"app"x');
  const { entries, reasons } = read(`${more}${quote}${second}`);
  expect(entries.map(({ message }) => message)).toEqual(messages.slice(1, 2));
  expect(reasons.length).toBe(2);
});
