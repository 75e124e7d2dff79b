import type { UnparsedCounts } from '../unparsed-counts.ts';
import { cutAtEnd, type EntryReader, type EntrySink, severityOf } from './log-entry.ts';
import type { LogTimes } from './log-times.ts';

/** Keys of jsonlog that are read; those without a value are left out there. */
interface JsonEntry {
  readonly timestamp?: unknown;
  readonly session_id?: unknown;
  readonly dbname?: unknown;
  readonly error_severity?: unknown;
  readonly message?: unknown;
  readonly detail?: unknown;
  readonly context?: unknown;
  readonly statement?: unknown;
}

/** undefined: no JSON, or no object. */
export function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function isJsonLogLine(line: string): boolean {
  if (!line.startsWith('{')) return false;
  const object = jsonObject(line);
  return object !== undefined && 'timestamp' in object && 'error_severity' in object;
}

/** Each line is an object: line feeds within it are escaped. */
export class JsonEntries implements EntryReader {
  readonly #sink: EntrySink;
  readonly #times: LogTimes;
  readonly #unparsed: UnparsedCounts;

  constructor(sink: EntrySink, times: LogTimes, unparsed: UnparsedCounts) {
    this.#sink = sink;
    this.#times = times;
    this.#unparsed = unparsed;
  }

  line(text: string, number: number): void {
    if (text === '') return;
    if (!this.#read(text, number)) {
      this.#unparsed.add('a line that is no object of jsonlog, or is cut', number);
    }
  }

  end(rest: { readonly text: string; readonly number: number } | null): void {
    if (rest === null || rest.text === '') return;
    if (!this.#read(rest.text, rest.number)) this.#unparsed.add(cutAtEnd, rest.number);
  }

  #read(line: string, number: number): boolean {
    const object: JsonEntry | undefined = jsonObject(line);
    if (object === undefined || typeof object.error_severity !== 'string') return false;
    const severity = severityOf(object.error_severity);
    this.#sink({
      line: number,
      session: textOf(object.session_id) ?? '',
      database: textOf(object.dbname),
      atMs: this.#times.read(textOf(object.timestamp) ?? ''),
      severity,
      message: textOf(object.message) ?? '',
      detail: textOf(object.detail),
      statement: severity === 'error' ? textOf(object.statement) : null,
      raised: textOf(object.context) !== null,
    });
    return true;
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
