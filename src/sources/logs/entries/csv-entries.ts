import { DelimitedRow } from '../lines/delimited-row.ts';
import type { UnparsedCounts } from '../unparsed-counts.ts';
import { cutAtEnd, type EntryReader, type EntrySink, severityOf } from './log-entry.ts';
import type { LogTimes } from './log-times.ts';

/** Columns of csvlog that are read; all versions have these places. */
const column = {
  time: 0,
  database: 2,
  session: 5,
  severity: 11,
  message: 13,
  detail: 14,
  context: 18,
  statement: 19,
};

/** Until version 12; version 13 added backend_type, version 14 leader_pid and query_id. */
const columnCounts: ReadonlySet<number> = new Set([23, 24, 26]);

/** How a row begins: its time. Text within a row may look like it, which matters after a cut. */
const rowStart = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? ?[^,"\s]+,/;

export const isCsvLogLine = (line: string): boolean =>
  rowStart.test(line) &&
  /^[^,]*,(?:"[^"]*"|[^",]*),(?:"[^"]*"|[^",]*),\d+,[^,]*,[0-9a-f]+\.[0-9a-f]+,/.test(line);

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** A row that goes on for longer has lost the quote at its end. */
const longestRow = 64e6;
const cut = 'a row of csvlog that is cut, or no row of csvlog';

export class CsvEntries implements EntryReader {
  readonly #sink: EntrySink;
  readonly #times: LogTimes;
  readonly #unparsed: UnparsedCounts;
  readonly #row = new DelimitedRow(',');
  /** Lines of the row that is open, to be read anew if its first one turns out to be cut. */
  #lines: NumberedLine[] = [];
  #characters = 0;
  /** Whether the lines before were left out, so that those up to the next row belong to them. */
  #skipping = false;

  constructor(sink: EntrySink, times: LogTimes, unparsed: UnparsedCounts) {
    this.#sink = sink;
    this.#times = times;
    this.#unparsed = unparsed;
  }

  line(text: string, number: number): void {
    const waiting: NumberedLine[] = [{ text, number }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const again = this.#one(next);
      // The last one first: they are taken from the end.
      for (let index = again.length - 1; index >= 0; index -= 1) {
        const each = again[index];
        if (each !== undefined) waiting.push(each);
      }
    }
  }

  end(rest: NumberedLine | null): void {
    if (rest !== null) this.line(rest.text, rest.number);
    while (this.#lines.length > 0) {
      const [first, ...others] = this.#lines;
      if (first !== undefined) this.#unparsed.add(isLast(others) ? cutAtEnd : cut, first.number);
      this.#forget();
      for (const { text, number } of others) this.line(text, number);
    }
  }

  /** Gives the lines that are to be read again. */
  #one(line: NumberedLine): readonly NumberedLine[] {
    if (this.#lines.length === 0 && !rowStart.test(line.text)) {
      if (line.text !== '' && !this.#skipping) this.#unparsed.add(cut, line.number);
      this.#skipping ||= line.text !== '';
      return [];
    }
    this.#skipping = false;
    const state = this.#row.feed(line.text);
    this.#characters += line.text.length;
    if (state === 'open' && this.#characters <= longestRow) {
      this.#lines.push(line);
      return [];
    }
    this.#characters = 0;
    if (state === 'open') this.#row.reset();
    const first = this.#lines[0] ?? line;
    const others = this.#lines.length === 0 ? [] : [...this.#lines.slice(1), line];
    this.#lines = [];
    if (state === 'done') {
      if (columnCounts.has(this.#row.fields.length)) {
        this.#entry(this.#row.fields, first.number);
        return [];
      }
      this.#unparsed.add('a row of csvlog with a wrong number of fields', first.number);
    } else this.#unparsed.add(cut, first.number);
    this.#skipping = true;
    return others;
  }

  #entry(fields: readonly (string | null)[], line: number): void {
    const severity = severityOf(fields[column.severity] ?? '');
    this.#sink({
      line,
      session: fields[column.session] ?? '',
      database: nameOrNull(fields[column.database]),
      atMs: this.#times.read(fields[column.time] ?? ''),
      severity,
      message: fields[column.message] ?? '',
      detail: fields[column.detail] ?? null,
      statement: severity === 'error' ? (fields[column.statement] ?? null) : null,
      raised: (fields[column.context] ?? null) !== null,
    });
  }

  #forget(): void {
    this.#row.reset();
    this.#characters = 0;
    this.#lines = [];
    this.#skipping = true;
  }
}

/** Processes of the server itself have none. */
const nameOrNull = (name: string | null | undefined): string | null => name || null;

/** Whether no other row may begin within. */
const isLast = (others: readonly NumberedLine[]): boolean =>
  !others.some(({ text }) => rowStart.test(text));
