import { jsonObject } from '../entries/json-entries.ts';
import { DelimitedRow } from '../lines/delimited-row.ts';
import type { UnparsedCounts } from '../unparsed-counts.ts';
import { columnName, type DumpForm } from './dump-form.ts';
import { psqlTable } from './psql-table.ts';

/** By column; texts, or what JSON has. */
export type DumpRow = Readonly<Record<string, unknown>>;
export type RowSink = (row: DumpRow, line: number) => void;

export interface DumpReader {
  line(text: string, number: number): void;
  end(): void;
}

export const wrongFields = 'a row of the dump with a wrong number of fields';

export function dumpReader(form: DumpForm, sink: RowSink, unparsed: UnparsedCounts): DumpReader {
  switch (form.form) {
    case 'delimited':
      return form.delimiter === '\t'
        ? tabbed(sink, unparsed)
        : quoted(form.delimiter, sink, unparsed);
    case 'json lines':
      return {
        line(text, number) {
          if (text.trim() === '') return;
          const row = jsonObject(text);
          if (row === undefined) unparsed.add('a line of the dump that is no JSON object', number);
          else sink(row, number);
        },
        end: () => undefined,
      };
    case 'json array':
      return jsonArray(sink, unparsed);
    case 'psql table':
      return psqlTable(sink, unparsed);
  }
}

export function rowOf(names: readonly string[], fields: readonly (string | null)[]): DumpRow {
  return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? null]));
}

function quoted(delimiter: string, sink: RowSink, unparsed: UnparsedCounts): DumpReader {
  const row = new DelimitedRow(delimiter);
  let names: string[] | null = null;
  let start: number | null = null;
  return {
    line(text, number) {
      if (text === '' && start === null) return;
      start ??= number;
      const state = row.feed(text);
      if (state === 'open') return;
      const from = start;
      start = null;
      if (state === 'broken') unparsed.add('a row of the dump that is cut', from);
      else if (names === null) names = row.fields.map((field) => columnName(field ?? ''));
      else if (row.fields.length === names.length) sink(rowOf(names, row.fields), from);
      else unparsed.add(wrongFields, from);
    },
    end() {
      if (start !== null) unparsed.add('a row of the dump that is cut', start);
    },
  };
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** As COPY writes texts. */
const unescaped = (field: string): string | null =>
  field === '\\N'
    ? null
    : field.replaceAll(/\\([^])/g, (_, letter: string) => escapes[letter] ?? letter);

/**
 * COPY's text format, or what `psql -A -F` writes: there, texts with line feeds go on in the next
 * line, so that a row is whole when it has as many fields as the head.
 */
function tabbed(sink: RowSink, unparsed: UnparsedCounts): DumpReader {
  let names: string[] | null = null;
  let open: { text: string; line: number; tabs: number } | null = null;
  const take = (text: string, line: number): void => {
    const fields = text.split('\t');
    if (fields.length === names?.length) sink(rowOf(names, fields.map(unescaped)), line);
    else unparsed.add(wrongFields, line);
  };
  return {
    line(text, number) {
      if (names === null) {
        if (text.trim() !== '') names = text.split('\t').map(columnName);
        return;
      }
      if (open === null && (text === '' || /^\(\d+ rows?\)$/.test(text))) return;
      const tabs: number = (open?.tabs ?? 0) + text.split('\t').length - 1;
      open = {
        text: open === null ? text : `${open.text}\n${text}`,
        line: open?.line ?? number,
        tabs,
      };
      if (tabs < names.length - 1) return;
      take(open.text, open.line);
      open = null;
    },
    end() {
      if (open !== null) take(open.text, open.line);
    },
  };
}

/** A string cannot be longer than this, and no dump is. */
const longestArray = 400e6;

function jsonArray(sink: RowSink, unparsed: UnparsedCounts): DumpReader {
  const lines: string[] = [];
  let length = 0;
  return {
    line(text) {
      length += text.length;
      if (length <= longestArray) lines.push(text);
    },
    end() {
      // psql -A adds a line with the number of rows.
      const text = lines.join('\n').replace(/\s*\(\d+ rows?\)\s*$/, '');
      const rows = arrayOf(text);
      if (rows === undefined) unparsed.add('an array of JSON that is cut, or too long', 1);
      for (const row of rows ?? []) {
        if (typeof row === 'object' && row !== null) sink(row as DumpRow, 1);
        else unparsed.add('an item of the dump that is no JSON object', 1);
      }
    },
  };
}

function arrayOf(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
