import type { LogRecord } from '../log-record.ts';
import type { UnparsedCounts } from '../unparsed-counts.ts';
import { type SqlSink, SqlStatements } from './sql-statements.ts';

/** What a script has besides statements that an application would send. */
export interface ScriptCounts {
  statements: number;
  /** They make, change or drop what holds data, or look after it. */
  definitions: number;
  /** Of the session: `set`, `show`, `discard` and the like. */
  settings: number;
}

const definition = new RegExp(
  '^(?:create|alter|drop|truncate|comment|grant|revoke|security|refresh|reindex|cluster|import|' +
    'reassign|analyze|vacuum|checkpoint|load)\\b',
  'i',
);
const setting = /^(?:set|reset|show|discard|listen|unlisten|lock|deallocate)\b/i;
/** Of pg_dump: they fill and prepare the database, and no application sends them. */
const loading = /^(?:copy\b|select\s+pg_catalog\.(?:set_config|setval)\s*\()/i;

/** Makes records of a script; each statement counts as one call. All are one session. */
export class ScriptRecords {
  readonly counts: ScriptCounts = { statements: 0, definitions: 0, settings: 0 };
  readonly #unparsed: UnparsedCounts;
  readonly #statements: SqlStatements;
  #taken: LogRecord[] = [];

  constructor(unparsed: UnparsedCounts) {
    this.#unparsed = unparsed;
    const sink: SqlSink = {
      statement: (sql, line) => this.#statement(sql, line),
      command: (line) => unparsed.add('a backslash command of psql', line),
      data: (line) => unparsed.add('a line of data of a COPY', line),
    };
    this.#statements = new SqlStatements(sink);
  }

  line(text: string, number: number): void {
    this.#statements.line(text, number);
  }

  end(rest: { readonly text: string; readonly number: number } | null): void {
    if (rest !== null) this.line(rest.text, rest.number);
    const open = this.#statements.end();
    if (open !== null) {
      this.#unparsed.add('a statement whose quote or comment does not end', open);
    }
  }

  take(): readonly LogRecord[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }

  #statement(sql: string, line: number): void {
    if (definition.test(sql)) this.counts.definitions += 1;
    else if (setting.test(sql) || loading.test(sql)) this.counts.settings += 1;
    else {
      this.counts.statements += 1;
      const unknown = { atMs: null, durationMs: null, parameters: null };
      this.#taken.push({ line, session: 'script', ...unknown, sql });
    }
  }
}
