import { beginReadOnly, isOwnStatement } from '../../postgres/transaction-limits.ts';
import type { EntrySink, LogEntry } from '../entries/log-entry.ts';
import type { LogRecord } from '../log-record.ts';
import type { UnparsedCounts } from '../unparsed-counts.ts';
import { CutParameters } from './cut-parameters.ts';
import { executedStatement, preparedBody } from './executed-statement.ts';
import { loggedMessage } from './logged-message.ts';
import { loggedParameters } from './logged-parameters.ts';
import { OrderedRecords, type Slot } from './ordered-records.ts';

/** What a log has besides statements. */
export interface LogCounts {
  statements: number;
  /** Lines of `parse` and `bind`. */
  preparations: number;
  /** Further rows of executions that count already. */
  fetches: number;
  /** Of auto_explain. */
  plans: number;
  fastpathCalls: number;
  /** Statements that ended in an error, and those that never ran for one. */
  failedStatements: number;
  /** Durations of statements that have no text in the log, and of `parse` and `bind`. */
  durationsAlone: number;
  /** Of this program, which has looked at the database. */
  ownStatements: number;
  otherMessages: number;
}

/** Sessions that may wait for a duration at once; the one that waits longest is let go. */
const mostWaiting = 10_000;

/**
 * Makes records of the messages of a log. A statement whose duration is in a later line waits for
 * it, until its session says something else.
 */
export class LoggedStatements {
  readonly counts: LogCounts = {
    statements: 0,
    preparations: 0,
    fetches: 0,
    plans: 0,
    fastpathCalls: 0,
    failedStatements: 0,
    durationsAlone: 0,
    ownStatements: 0,
    otherMessages: 0,
  };
  readonly #unparsed: UnparsedCounts;
  readonly #cut = new CutParameters();
  readonly #waiting = new Map<string, Slot>();
  readonly #records = new OrderedRecords();

  constructor(unparsed: UnparsedCounts) {
    this.#unparsed = unparsed;
  }

  /** Those that are whole since the last call. */
  take(): readonly LogRecord[] {
    return this.#records.take();
  }

  end(): void {
    for (const session of this.#waiting.keys()) this.#release(session);
  }

  readonly add: EntrySink = (entry) => {
    if (entry.severity === 'error') this.#failed(entry);
    else if (entry.severity === 'log' && !entry.raised) this.#logged(entry);
    else this.counts.otherMessages += 1;
  };

  #logged(entry: LogEntry): void {
    const message = loggedMessage(entry.message);
    switch (message.kind) {
      case 'statement':
      case 'execution':
        this.#statement(entry, message);
        break;
      case 'duration':
        this.#duration(entry, message.durationMs);
        break;
      case 'preparation':
        this.#release(entry.session);
        this.counts.preparations += 1;
        break;
      case 'fetch':
        this.#release(entry.session);
        this.counts.fetches += 1;
        break;
      case 'disconnection':
        this.#release(entry.session);
        this.counts.otherMessages += 1;
        break;
      case 'plan':
        this.counts.plans += 1;
        break;
      case 'fastpath':
        this.counts.fastpathCalls += 1;
        break;
      case 'unknown duration':
        this.#unparsed.add('a duration in a form that is not known', entry.line);
        break;
      case 'other':
        this.counts.otherMessages += 1;
        break;
    }
  }

  #statement(
    { line, session, database, atMs, detail }: LogEntry,
    { kind, sql: logged, durationMs }: { kind: string; sql: string; durationMs: number | null },
  ): void {
    this.#release(session);
    if (isOwnStatement(logged) || logged === beginReadOnly) {
      this.counts.ownStatements += 1;
      return;
    }
    const sql = kind === 'execution' ? preparedBody(logged) : logged;
    const parameters = kind === 'execution' ? this.#parameters(detail, line) : null;
    const executed = kind === 'statement' ? executedStatement(sql, detail) : null;
    const record = { line, session, database, atMs, durationMs, sql, parameters, ...executed };
    this.counts.statements += 1;
    // Without sessions no line tells whose duration it has.
    if (durationMs !== null || session === '') {
      this.#records.add(record);
      return;
    }
    this.#waiting.set(session, this.#records.wait(record));
    if (this.#waiting.size > mostWaiting) this.#releaseOldest();
  }

  #parameters(detail: string | null, line: number): readonly (string | null)[] | null {
    if (detail === null) return null;
    const values = loggedParameters(detail);
    if (values === undefined) {
      this.#unparsed.add('parameters that cannot be read; the statement counts', line);
      return null;
    }
    if (!this.#cut.anyCut(values)) return values;
    this.#unparsed.add(
      'parameters that log_parameter_max_length seems to have cut; the statement counts',
      line,
    );
    return null;
  }

  #duration({ session }: LogEntry, durationMs: number): void {
    const waiting = this.#waiting.get(session);
    if (waiting === undefined) {
      this.counts.durationsAlone += 1;
      return;
    }
    this.#waiting.delete(session);
    waiting.record.durationMs = durationMs;
    this.#records.settle(waiting, 'settled');
  }

  /** An error may be that of the statement which waits, or of one that was never logged. */
  #failed({ session, statement }: LogEntry): void {
    if (statement === null) {
      this.counts.otherMessages += 1;
      return;
    }
    this.counts.failedStatements += 1;
    const waiting = this.#waiting.get(session);
    if (waiting?.record.sql === statement) {
      this.#waiting.delete(session);
      this.counts.statements -= 1;
      this.#records.settle(waiting, 'dropped');
    } else this.#release(session);
  }

  #release(session: string): void {
    const waiting = this.#waiting.get(session);
    if (waiting === undefined) return;
    this.#waiting.delete(session);
    this.#records.settle(waiting, 'settled');
  }

  #releaseOldest(): void {
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined) this.#release(oldest);
  }
}
