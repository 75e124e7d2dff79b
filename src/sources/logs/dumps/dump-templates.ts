import type { Template } from '../../../profile/evidence.ts';
import { mendedTemplate } from '../../../profile/mended-template.ts';
import type { Grammar } from '../../../sql/grammar.ts';
import { statementKind } from '../../postgres/statements/statement-kind.ts';
import { isOwnStatement } from '../../postgres/transaction-limits.ts';
import type { UnparsedCounts } from '../unparsed-counts.ts';
import type { DumpRow } from './dump-rows.ts';

interface Sums {
  calls: number;
  totalMs: number | null;
  rows: number | null;
  line: number;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** null: no number. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

const isFalse = (value: unknown): boolean => value === false || value === 'f' || value === 'false';

/** Sums up the rows of a dump by text: one statement has a row for each role and database. */
export class DumpTemplates {
  readonly #unparsed: UnparsedCounts;
  readonly #byText = new Map<string, Sums>();
  /** Numbers of databases whose statements are in it. */
  readonly databases = new Set<string>();
  rows = 0;
  /** Of rows whose text the role that wrote the dump may not see. */
  hiddenCalls = 0;
  utilityCalls = 0;
  catalogCalls = 0;

  constructor(unparsed: UnparsedCounts) {
    this.#unparsed = unparsed;
  }

  readonly add = (row: DumpRow, line: number): void => {
    this.rows += 1;
    const sql = row['query'];
    const calls = numberOf(row['calls']);
    if (calls === null) {
      this.#unparsed.add('a row of the dump without a number of calls', line);
    } else if (!isText(sql)) {
      this.#unparsed.add('a row of the dump without the text of its query', line);
    } else if (sql.trim() === '<insufficient privilege>') {
      this.hiddenCalls += calls;
      this.#unparsed.add('a query whose text the role may not see (insufficient privilege)', line);
    } else if (isFalse(row['toplevel'])) {
      this.#unparsed.add('a statement within a function, for which the calling one stands', line);
    } else this.#sum(sql, calls, row, line);
  };

  #sum(sql: string, calls: number, row: DumpRow, line: number): void {
    const database = row['dbid'] ?? row['datname'];
    if (typeof database === 'string' || typeof database === 'number') {
      this.databases.add(String(database));
    }
    const time = numberOf(row['total_exec_time'] ?? row['total_time']);
    const mean = numberOf(row['mean_exec_time'] ?? row['mean_time']);
    const totalMs = time ?? (mean === null ? null : mean * calls);
    const rows = numberOf(row['rows']);
    const known = this.#byText.get(sql);
    if (known === undefined) {
      this.#byText.set(sql, { calls, totalMs, rows, line });
      return;
    }
    known.calls += calls;
    known.totalMs = sumOf(known.totalMs, totalMs);
    known.rows = sumOf(known.rows, rows);
  }

  /**
   * What the grammar refuses stays as it is, for whoever reads it next to say so. What is no work
   * on tables (BEGIN, SET, questions to the catalogue) is counted.
   */
  templates(source: number, grammar: Grammar): Template[] {
    const templates: Template[] = [];
    for (const [text, sums] of this.#byText) {
      if (isOwnStatement(text)) {
        this.catalogCalls += sums.calls;
        continue;
      }
      const sql = mendedTemplate(text, grammar);
      const parsed = grammar.parse(sql);
      const isRefused = 'fault' in parsed;
      const kind = isRefused ? refusedKind(sql) : statementKind(parsed.tree, () => false);
      if (kind === 'utility') this.utilityCalls += sums.calls;
      else if (kind === 'catalog') this.catalogCalls += sums.calls;
      else {
        const fingerprint = (isRefused ? null : grammar.fingerprint(sql)) ?? `text: ${sql}`;
        templates.push({ ...sums, sql: isRefused ? text : sql, fingerprint, source });
      }
    }
    return templates;
  }
}

/** The texts of utility statements are not the grammar's own from version 16 on: `set x = $1`. */
const refusedKind = (sql: string): 'template' | 'utility' =>
  /^\W*(?:select|insert|update|delete|merge|with|values|table)\b/i.test(sql)
    ? 'template'
    : 'utility';

const sumOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;
