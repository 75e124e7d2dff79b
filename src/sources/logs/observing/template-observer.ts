import type { QueryEvidence, Unparsed, Unseen } from '../../../profile/evidence.ts';
import { SecondCounts } from '../../../profile/observing/second-counts.ts';
import { type Shape, StatementShapes } from '../../../profile/observing/statement-shapes.ts';
import {
  type SeenTemplate,
  templateOf,
  TemplateTable,
} from '../../../profile/observing/template-table.ts';
import { TransactionTable } from '../../../profile/observing/transaction-table.ts';
import { UnparsedReasons } from '../../../profile/observing/unparsed-reasons.ts';
import type { Grammar } from '../../../sql/grammar.ts';
import type { LogRecord } from '../log-record.ts';

export interface TemplateOptions {
  readonly grammar: Grammar;
  /** SQL in the names of the scenario (`renamedSql`). */
  readonly renamed: (sql: string) => string;
  /** Index of this source among all. */
  readonly source: number;
  /**
   * Whether records without a session are all of one, one after another, as those of a file of SQL;
   * in a log they are of many.
   */
  readonly oneSession: boolean;
  /** Templates that are kept; 5,000 by default. */
  readonly templatesMost?: number;
}

export interface ObservedTemplates {
  readonly queries: QueryEvidence;
  readonly unparsed: Unparsed[];
  readonly unseen: Unseen[];
  /** For `read` of the source's evidence. */
  readonly read: Readonly<Record<string, number>>;
  /** From the first to the last statement; null: the log has no times. */
  readonly time: { readonly fromMs: number; readonly toMs: number } | null;
}

/** null: it is no template. */
type Own = { template: SeenTemplate | null; readonly make: (line: number) => SeenTemplate };

/** Statements of a log, one after another, as templates with what was seen of each. */
export class TemplateObserver {
  private readonly options: TemplateOptions;
  private readonly shapes: StatementShapes<Own | null>;
  private readonly templates: TemplateTable;
  private readonly transactions = new TransactionTable();
  private readonly seconds = new SecondCounts();
  private readonly unparsed = new UnparsedReasons();
  private readonly counts = {
    templateStatements: 0,
    utilityStatements: 0,
    catalogStatements: 0,
    unparsedStatements: 0,
    unreadStatements: 0,
  };
  /** Utility statements that read or write rows, by their words. */
  private readonly opaque = new Map<string, number>();
  private sessions = false;

  constructor(options: TemplateOptions) {
    const { grammar, renamed, templatesMost = 5000 } = options;
    this.options = options;
    this.templates = new TemplateTable(templatesMost);
    this.shapes = new StatementShapes<Own | null>({
      grammar,
      lists: true,
      own: ({ kind, sql: written, shortened }) => {
        if (kind !== 'template') return null;
        const sql = renamed(written);
        const fingerprint = grammar.fingerprint(sql) ?? sql;
        return {
          template: null,
          make: (line) => this.templates.of(sql, fingerprint, shortened, line),
        };
      },
    });
  }

  add(record: LogRecord): void {
    if (record.session !== '') this.sessions = true;
    const shape = this.shapes.of(record.sql);
    if (shape === null) {
      this.counts.unreadStatements += 1;
      this.time(record);
      return;
    }
    for (const fault of shape.faults) {
      this.unparsed.add(fault, record.line);
      this.counts.unparsedStatements += 1;
    }
    if (shape.statements.length === 1) this.statement(shape.statements[0], record, 1);
    else this.several(shape, record);
  }

  /** One text, sent at once: a transaction, unless it says otherwise. */
  private several({ statements }: Shape<Own | null>, record: LogRecord): void {
    const { session } = record;
    const timed = statements.filter(({ statement }) => statement.kind !== 'utility').length;
    const isTransaction = !this.transactions.isOpen(session) && timed > 1;
    if (isTransaction) this.transactions.begin(session);
    for (const each of statements) this.statement(each, record, timed);
    const isExplicit = statements.some(({ statement }) => statement.control === 'begin');
    if (isTransaction && !isExplicit) this.transactions.end(session, 'commit');
  }

  /** @param parts among which the time of the record is divided */
  private statement(
    each: Shape<Own | null>['statements'][number] | undefined,
    record: LogRecord,
    parts: number,
  ): void {
    if (each === undefined) return;
    const { statement, own } = each;
    const { session } = record;
    if (own !== null) this.template(own, record, parts);
    else if (statement.kind === 'catalog') this.counts.catalogStatements += 1;
    else this.utility(statement.opaque);
    if (statement.kind !== 'utility' || statement.control === null) return;
    if (statement.control === 'begin') this.transactions.begin(session);
    else this.transactions.end(session, statement.control);
    if (statement.chains) this.transactions.begin(session);
  }

  private utility(opaque: string | null): void {
    this.counts.utilityStatements += 1;
    if (opaque !== null) this.opaque.set(opaque, (this.opaque.get(opaque) ?? 0) + 1);
  }

  private template(own: Own, record: LogRecord, parts: number): void {
    const { line, session, atMs, durationMs } = record;
    if (own.template === null || own.template.gone) own.template = own.make(line);
    const { template } = own;
    this.counts.templateStatements += 1;
    template.calls += 1;
    if (!this.transactions.add(session, template)) template.alone += 1;
    if (durationMs !== null) template.latency.add(durationMs / parts);
    if (atMs !== null) template.dispersion.add(atMs);
    this.time(record);
  }

  private time({ atMs }: LogRecord): void {
    if (atMs !== null) this.seconds.add(atMs);
  }

  finish(): ObservedTemplates {
    const { source, oneSession } = this.options;
    const { fromMs, toMs } = this.seconds;
    const seconds = fromMs === null || toMs === fromMs ? null : (toMs - fromMs) / 1000;
    const seen = this.templates.finish();
    const transactions = this.sessions || oneSession ? this.transactions.finish(seen) : [];
    return {
      queries: {
        templates: seen.map((each) => templateOf(each, source, seconds)),
        seconds,
        transactions,
        perSecond: this.seconds.perSecond(),
      },
      unparsed: this.unparsed.list(source),
      unseen: this.unseen(seen.length),
      read: this.read(),
      time: fromMs === null ? null : { fromMs, toMs },
    };
  }

  /** Without what there was nothing of. */
  private read(): Record<string, number> {
    const { templateStatements, ...others } = this.counts;
    const isTold = this.sessions || this.options.oneSession;
    const some = Object.entries({ ...others, ...(isTold && this.transactions.counts) });
    return { templateStatements, ...Object.fromEntries(some.filter(([, count]) => count > 0)) };
  }

  private unseen(kept: number): Unseen[] {
    const { gone } = this.templates;
    const { unreadStatements, templateStatements } = this.counts;
    const statements = gone.calls + unreadStatements;
    const of = templateStatements + unreadStatements;
    const templates = unreadStatements > 0 ? this.shapes.keysRead : kept;
    const many = { code: 'too-many-templates', names: {}, numbers: { templates, statements, of } };
    const kinds = [...this.opaque.keys()].toSorted();
    const opaque = [...this.opaque.values()].reduce((sum, count) => sum + count, 0);
    const without = {
      code: 'statements-without-template',
      names: { kinds },
      numbers: { statements: opaque, of: of + this.counts.utilityStatements },
    };
    return [...(statements > 0 ? [many] : []), ...(opaque > 0 ? [without] : [])];
  }
}
