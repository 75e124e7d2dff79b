import type { AnswerRow, ReadOnlySession } from '../session-types.ts';
import type { KeyTable } from './key-table.ts';
import { pagesToRead, type SamplingWays } from './sample-clause.ts';
import { UnseenList } from './unseen-list.ts';

export interface MeasureOptions {
  /** Count groups instead of estimating, up to these limits; null: estimate. */
  readonly exact: { readonly rowsMost: number; readonly timeMs: number } | null;
  /** Rows to draw from a table that is too large to be counted. */
  readonly sampleRows: number;
  readonly signal: AbortSignal;
  readonly report: (done: string) => void;
  /** Tables up to this size are counted, as that takes a fraction of a second. */
  readonly small?: { readonly rows: number; readonly bytes: number };
  /** Tables up to so many pages are read from end to end to be sampled. */
  readonly pagesToRead?: number;
}

/** No snapshot is older: it would hold back vacuum. */
const longestMs = 50_000;
/** Of one statement that samples or counts a small table. */
export const statementMs = 20_000;
/** For everything without --exact: people wait. */
const budgetMs = 240_000;
const smallTables = { rows: 1_000_000, bytes: 128 * 1024 ** 2 };

/** One run of measuring: the session, its limits, and what it has seen and not seen. */
export class Measuring {
  readonly unseen = new UnseenList();
  readonly read: Record<string, number> = { countedRows: 0, sampledRows: 0 };
  readonly options: MeasureOptions;
  readonly ways: SamplingWays;
  readonly #session: ReadOnlySession;
  readonly #startedMs = performance.now();

  private constructor(session: ReadOnlySession, options: MeasureOptions, rowHash: string) {
    this.#session = session;
    this.options = options;
    this.ways = { rowHash, pagesToRead: options.pagesToRead ?? pagesToRead };
  }

  static async start(session: ReadOnlySession, options: MeasureOptions): Promise<Measuring> {
    const [row] = await session.sample((query) =>
      query("select to_regprocedure('hashtid(tid)') is not null as has_hash"),
    );
    // Version 13 does not have it; by way of the text it costs three times as much.
    const rowHash = row?.has_hash === true ? 'hashtid(t.ctid)' : 'hashtext(t.ctid::text)';
    return new Measuring(session, options, rowHash);
  }

  /** Whether the table, with its large values, is counted in no time. */
  isSmall({ table }: KeyTable): boolean {
    const { rows, bytes } = this.options.small ?? smallTables;
    const known = table.rows.basis === 'none' ? 0 : table.rows.count;
    return known <= rows && table.bytes.heap + table.bytes.toast <= bytes;
  }

  /** Milliseconds that --exact has left; 0 without it. */
  exactMsLeft(): number {
    const { exact } = this.options;
    return exact === null ? 0 : Math.max(0, exact.timeMs - this.#spentMs());
  }

  /** Whether there is time for statistics' sake; says once that there is none. */
  hasTime(place: KeyTable): boolean {
    const budget = budgetMs + (this.options.exact?.timeMs ?? 0);
    if (this.#spentMs() < budget) return true;
    this.unseen.add('keys-out-of-time', placeOf(place), { budgetMs: budget });
    return false;
  }

  /**
   * One statement in a short transaction of its own; null where the database refuses it or takes
   * too long, which is noted down unless there is another way.
   */
  async ask(
    place: KeyTable,
    sql: string,
    limitMs: number,
    otherWay = false,
  ): Promise<readonly AnswerRow[] | null> {
    this.options.signal.throwIfAborted();
    const limit = Math.max(1, Math.round(Math.min(limitMs, longestMs)));
    try {
      return await this.#session.sample(async (query) => {
        await query(`set local statement_timeout = ${limit}`);
        return query(sql);
      });
    } catch (error) {
      this.options.signal.throwIfAborted();
      this.#note(place, error, limit, otherWay);
      return null;
    }
  }

  #note(place: KeyTable, error: unknown, limitMs: number, otherWay: boolean): void {
    const code = sqlstateOf(error);
    // Without one, or with one of these classes, there is no connection any more.
    if (code === null || code.startsWith('08') || code.startsWith('57P')) throw error;
    if (otherWay) return;
    if (code === '57014') this.unseen.add('key-timed-out', placeOf(place), { limitMs });
    else if (code === '55P03') this.unseen.add('key-locked', placeOf(place));
    else if (code === '42501') this.unseen.add('key-unreadable', placeOf(place));
    else this.unseen.add('key-refused', { ...placeOf(place), sqlstate: code });
  }

  #spentMs(): number {
    return performance.now() - this.#startedMs;
  }
}

export const placeOf = ({ key, table }: KeyTable): { key: string; tables: readonly string[] } => ({
  key,
  tables: [table.name],
});

function sqlstateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code } = error;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
