import type { UnparsedCounts } from '../unparsed-counts.ts';
import type { LinePrefix } from './line-prefix.ts';
import { cutAtEnd, type EntryReader, type EntrySink, severityOf } from './log-entry.ts';
import type { LogTimes } from './log-times.ts';

/** Lines below the first one of a message, each with a head of its own. */
type Part = 'message' | 'detail' | 'statement' | 'context' | 'other';

const partOf: ReadonlyMap<string, Part> = new Map([
  ['DETAIL', 'detail'],
  ['STATEMENT', 'statement'],
  ['CONTEXT', 'context'],
  ['HINT', 'other'],
  ['QUERY', 'other'],
  ['LOCATION', 'other'],
  ['BACKTRACE', 'other'],
]);

interface OpenEntry {
  readonly line: number;
  readonly session: string;
  readonly database: string | null;
  readonly atMs: number | null;
  readonly severity: string;
  readonly parts: Partial<Record<Part, string[]>>;
}

const tab = 0x09;
/**
 * `Jan 31 18:00:00 host postgres[4711]: [3-2] `: a line of syslog but the first one of a message.
 * `#011` is a tab there; without one, it goes on with a line that was too long.
 */
export const syslogPart = /^[^[\]]{1,200}\[(\d+)\]: \[\d+-(?!1\])\d+\] /;
const stray = 'a line of a plain log without the prefix, that continues no message';

/** A plain log: every line has the prefix, and those that continue one begin with a tab. */
export class StderrEntries implements EntryReader {
  readonly #sink: EntrySink;
  readonly #prefix: LinePrefix;
  readonly #times: LogTimes;
  readonly #unparsed: UnparsedCounts;
  #open: OpenEntry | null = null;
  /** Where a line that begins with a tab belongs; null: nowhere. */
  #pieces: string[] | null = null;

  constructor(sink: EntrySink, prefix: LinePrefix, times: LogTimes, unparsed: UnparsedCounts) {
    this.#sink = sink;
    this.#prefix = prefix;
    this.#times = times;
    this.#unparsed = unparsed;
  }

  line(text: string, number: number): void {
    if (text.charCodeAt(0) === tab) {
      if (this.#pieces === null) this.#unparsed.add(stray, number);
      else this.#pieces.push(text.slice(1));
      return;
    }
    const head = this.#prefix.head(text, this.#times);
    if (head === null && this.#continued(text)) return;
    if (head === null) {
      // Postgres writes no empty lines, and nothing is lost with one.
      if (text === '') return;
      this.#unparsed.add(stray, number);
      this.#pieces = null;
      return;
    }
    const part = partOf.get(head.severity);
    if (part === undefined) {
      this.#flush();
      const { session, database, atMs, severity } = head;
      this.#pieces = [withoutState(head.text)];
      const parts = { message: this.#pieces };
      this.#open = { line: number, session, database, atMs, severity, parts };
    } else if (this.#open?.session === head.session) {
      this.#pieces = [head.text];
      this.#open.parts[part] = this.#pieces;
    } else {
      this.#pieces = null;
      this.#unparsed.add(`a line of ${head.severity} whose message is not above it`, number);
    }
  }

  /** A further line of a message by way of syslog. */
  #continued(text: string): boolean {
    const found = syslogPart.exec(text);
    if (found === null || found[1] !== this.#open?.session || this.#pieces === null) return false;
    const rest = text.slice(found[0].length);
    const last = this.#pieces.length - 1;
    if (/^(?:#011|\t)/.test(rest)) this.#pieces.push(rest.replace(/^(?:#011|\t)/, ''));
    else this.#pieces[last] = `${this.#pieces[last] ?? ''}${rest}`;
    return true;
  }

  end(rest: { readonly text: string; readonly number: number } | null): void {
    if (rest === null) {
      this.#flush();
      return;
    }
    // What it belongs to is cut as well.
    const isTabbed = rest.text.charCodeAt(0) === tab;
    const severity = this.#prefix.head(rest.text, this.#times)?.severity ?? '';
    if (!isTabbed && !partOf.has(severity)) this.#flush();
    this.#open = null;
    this.#unparsed.add(cutAtEnd, rest.number);
  }

  #flush(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const { line, session, database, atMs, parts } = open;
    const severity = severityOf(open.severity);
    this.#sink({
      line,
      session,
      database,
      atMs,
      severity,
      message: textOf(parts.message) ?? '',
      detail: textOf(parts.detail),
      statement: severity === 'error' ? textOf(parts.statement) : null,
      raised: parts.context !== undefined,
    });
  }
}

/** `log_error_verbosity = verbose` has the SQLSTATE before the message. */
const withoutState = (text: string): string => (/^[0-9A-Z]{5}: /.test(text) ? text.slice(7) : text);

function textOf(pieces: readonly string[] | undefined): string | null {
  if (pieces === undefined) return null;
  return pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('\n');
}
