import type { Steps } from '../base/steps.ts';
import { fact } from '../result/finding.ts';
import type { Grammar } from '../sql/grammar.ts';
import { type Allowance, isMarked, readComments } from './allowances.ts';
import { textFingerprint } from './fingerprint.ts';
import type { FoundComment, FoundStatement } from './found-statement.ts';
import type { JudgedFile, JudgedQuery, PlacedFact, QueryFile } from './judged-query.ts';
import { judge, type Judgement } from './judgement.ts';
import { offenceOf } from './offence.ts';
import type { QueryTables } from './query-tables.ts';
import { reasonOf } from './statement-reason.ts';
import { TransactionWatch } from './transactions.ts';

/** Of statements; so many take some milliseconds. */
const stepSize = 20;

export function* judgedFile(
  file: QueryFile,
  tables: QueryTables,
  grammar: Grammar,
): Steps<JudgedFile> {
  const judging = new FileJudging(file, tables, grammar);
  const { statements } = file.found;
  for (const [index, statement] of statements.entries()) {
    judging.add(statement);
    if (index % stepSize === 0) yield index / statements.length;
  }
  return judging.end();
}

class FileJudging {
  readonly #file: QueryFile;
  readonly #tables: QueryTables;
  readonly #grammar: Grammar;
  readonly #queries: JudgedQuery[] = [];
  readonly #facts: PlacedFact[] = [];
  readonly #transactions = new TransactionWatch();
  readonly #passedOver = {
    definitions: 0,
    settings: 0,
    transactions: 0,
    routines: 0,
    loads: 0,
  };

  constructor(file: QueryFile, tables: QueryTables, grammar: Grammar) {
    this.#file = file;
    this.#tables = tables;
    this.#grammar = grammar;
  }

  add(statement: FoundStatement): void {
    const { judgement, fingerprint } = judge(statement.sql, this.#tables, this.#grammar);
    const comments = [...statement.comments, ...this.#within(statement)];
    const { allowances, faults } = readComments(comments);
    this.#facts.push(...faults);
    if (judgement.kind === 'passed over') {
      this.#passOver(judgement, statement, allowances);
      return;
    }
    const own = fingerprint ?? textFingerprint(statement.sql);
    const query = this.#query(statement, judgement, own, allowances);
    this.#queries.push(query);
    if (judgement.kind !== 'judged') return;
    this.#transactions.add(query, judgement);
    const { unknownColumns: columns } = judgement;
    if (columns.length === 0) return;
    const unknown = fact('columns-not-in-scenario', { severity: 'warning', names: { columns } });
    this.#facts.push({ line: statement.line, fact: unknown });
  }

  end(): JudgedFile {
    const { statements, strayComments, open } = this.#file.found;
    const { allowances, faults } = readComments(strayComments);
    this.#facts.push(...faults);
    this.#unused(allowances, 'allow-without-statement');
    if (open !== null) {
      const fault = fact('statement-without-end', { severity: 'error' });
      this.#facts.push({ line: open, fact: fault });
    }
    if (statements.length === 0 && open === null) {
      this.#facts.push({ line: 1, fact: fact('file-without-statements', { severity: 'warning' }) });
    }
    const facts = this.#facts.toSorted((one, other) => one.line - other.line);
    return { queries: this.#merged(), passedOver: this.#passedOver, facts };
  }

  #query(
    statement: FoundStatement,
    judgement: Exclude<Judgement, { kind: 'passed over' }>,
    fingerprint: string,
    allowances: readonly Allowance[],
  ): JudgedQuery {
    const isJudged = judgement.kind === 'judged';
    const isLog = this.#file.kind !== 'sql';
    return {
      file: this.#file.file,
      of: 'statement',
      statement,
      fingerprint,
      fate: isJudged ? judgement.layout.fate : null,
      offence: isJudged ? offenceOf(judgement.layout) : null,
      unread: judgement.kind === 'unread',
      reason: reasonOf(statement, judgement, isLog),
      allowances,
    };
  }

  #passOver(
    { as, control }: Extract<Judgement, { kind: 'passed over' }>,
    statement: FoundStatement,
    allowances: readonly Allowance[],
  ): void {
    this.#passedOver[as] += 1;
    // Sessions of a log run side by side.
    if (control === undefined || this.#file.kind !== 'sql') {
      this.#unused(allowances, 'allow-unused');
    } else if (control === 'begin') {
      this.#transactions.begin(this.#file.file, statement, allowances, this.#queries.length);
    } else {
      this.#unused(allowances, 'allow-unused');
      const ended = this.#transactions.end();
      if (ended === null) return;
      if ('query' in ended) this.#queries.splice(ended.at, 0, ended.query);
      else this.#unused(ended.unused, 'allow-unused');
    }
  }

  #unused(allowances: readonly Allowance[], code: string): void {
    for (const { line, offence } of allowances) {
      this.#facts.push({ line, fact: fact(code, { severity: 'warning', names: { offence } }) });
    }
  }

  #within({ sql, line }: FoundStatement): FoundComment[] {
    if (this.#file.kind !== 'sql' || !/shardlab\s*:/i.test(sql)) return [];
    return this.#grammar.tokens(sql).tokens.flatMap(({ kind, text, start }): FoundComment[] => {
      if (kind !== 'comment' || !isMarked({ text })) return [];
      return [{ text, line: line + sql.slice(0, start).split('\n').length - 1 }];
    });
  }

  /** In a log a statement stands once, with all its calls. */
  #merged(): readonly JudgedQuery[] {
    if (this.#file.kind === 'sql') return this.#queries;
    const merged = new Map<string, JudgedQuery>();
    for (const query of this.#queries) {
      const identity = [query.fingerprint, query.fate, query.offence].join('\n');
      const before = merged.get(identity);
      const calls = query.statement.calls + (before?.statement.calls ?? 0);
      const first = before ?? query;
      merged.set(identity, { ...first, statement: { ...first.statement, calls } });
    }
    return [...merged.values()];
  }
}
