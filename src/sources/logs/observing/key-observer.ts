import type { KeyLoad } from '../../../profile/evidence.ts';
import { arrayElements } from '../../../profile/observing/array-text.ts';
import { KeyTally, timeParts } from '../../../profile/observing/key-tally.ts';
import { keyTexts } from '../../../profile/observing/key-text.ts';
import { listedParameters } from '../../../profile/observing/listed-parameters.ts';
import { OpenKeys } from '../../../profile/observing/open-keys.ts';
import {
  type Shape,
  type ShapeStatement,
  StatementShapes,
} from '../../../profile/observing/statement-shapes.ts';
import type { Grammar } from '../../../sql/grammar.ts';
import type { LogRecord } from '../log-record.ts';

/** The part of `profile/key-binder.ts` that is needed here. */
export interface KeyBinder {
  /** By candidate, the parameters that are its columns' values; null: it has none. */
  parametersOf(templateSql: string): readonly (readonly number[] | null)[];
}

export interface ObservedKey {
  readonly key: string;
  /** Types of its columns, as format_type writes them; left out: not known. */
  readonly types?: readonly string[];
}

export interface KeyOptions {
  readonly grammar: Grammar;
  readonly renamed: (sql: string) => string;
  readonly binder: KeyBinder;
  /** Of all that will be added, from the first reading; null: there are no times. */
  readonly time: { readonly fromMs: number; readonly toMs: number } | null;
  /** As of `TemplateOptions`. */
  readonly oneSession: boolean;
}

/** A candidate that a statement has values of. */
interface Bound {
  readonly candidate: number;
  /** By column, its parameters: several of a list. */
  readonly columns: readonly (readonly number[])[];
}

interface Own {
  readonly bound: readonly Bound[];
  /** Parameters that are arrays, as in `= any ($1)`. */
  readonly arrays: ReadonlySet<number>;
}

/** Exact counts for so many distinct values of a key, fewer where there are many keys. */
const countersAtMost = 16_384;
const countersAtLeast = 1000;
const countersInAll = 200_000;

/**
 * Load by value of candidate keys, from a second reading of a log. What counts is an operation: a
 * transaction, or a statement outside of any, by the first value of the key that it has. Those that
 * were rolled back count as well, for they were load.
 */
export class KeyObserver {
  private readonly options: KeyOptions;
  private readonly candidates: readonly ObservedKey[];
  private readonly tallies: readonly KeyTally[];
  private readonly shapes: StatementShapes<Own>;
  private readonly open: OpenKeys;
  private sessions = false;

  constructor(candidates: readonly ObservedKey[], options: KeyOptions) {
    this.candidates = candidates;
    this.options = options;
    const share = Math.floor(countersInAll / Math.max(1, candidates.length));
    const counters = Math.max(countersAtLeast, Math.min(countersAtMost, share));
    this.tallies = candidates.map(() => new KeyTally(counters));
    this.open = new OpenKeys(this.tallies);
    this.shapes = new StatementShapes({
      grammar: options.grammar,
      lists: false,
      own: (statement) => this.own(statement),
    });
  }

  add(record: LogRecord): void {
    const shape = this.shapes.of(record.sql);
    if (shape === null) return;
    const { session } = record;
    if (session !== '') this.sessions = true;
    const part = this.partOf(record.atMs);
    const isTold = session !== '' || this.options.oneSession;
    const { statements } = shape;
    const isGroup = statements.length > 1 && isTold && !this.open.has(session);
    if (isGroup) this.open.begin(session);
    for (const each of statements) this.statement(each, record, part, isTold);
    if (isGroup && !statements.some(({ statement }) => statement.control === 'begin')) {
      this.open.end(session);
    }
  }

  private statement(
    { statement, own }: Shape<Own>['statements'][number],
    { session, parameters }: LogRecord,
    part: number,
    isTold: boolean,
  ): void {
    for (const { candidate, columns } of own.bound) {
      const values = columns.map((numbers) =>
        numbers.flatMap((number) => this.values(statement, own, number, parameters)),
      );
      const texts = keyTexts(values, this.candidates[candidate]?.types ?? null);
      if (texts.length > 0) this.open.add(isTold ? session : null, candidate, texts, part);
    }
    if (statement.control === null || !isTold) return;
    if (statement.control === 'begin') this.open.begin(session);
    else this.open.end(session);
    if (statement.chains) this.open.begin(session);
  }

  private values(
    statement: ShapeStatement,
    { arrays }: Own,
    number: number,
    parameters: LogRecord['parameters'],
  ): readonly (string | null)[] {
    const values = this.shapes.values(statement, number, parameters);
    return arrays.has(number) ? values.flatMap((each) => elementsOf(each)) : values;
  }

  private own(statement: ShapeStatement): Own {
    if (statement.kind !== 'template') return { bound: [], arrays: new Set() };
    const { binder, renamed } = this.options;
    const { sql, lists, arrays } = listedParameters(renamed(statement.sql));
    const bound = binder.parametersOf(sql).flatMap((numbers, candidate): Bound[] => {
      if (numbers === null || numbers.length === 0) return [];
      return [{ candidate, columns: numbers.map((number) => lists.get(number) ?? [number]) }];
    });
    return { bound, arrays };
  }

  private partOf(atMs: number | null): number {
    const { time } = this.options;
    if (time === null || atMs === null) return -1;
    const share = (atMs - time.fromMs) / Math.max(1, time.toMs - time.fromMs);
    return Math.max(0, Math.min(timeParts - 1, Math.floor(share * timeParts)));
  }

  /** Of the candidates that any statement had a value of. */
  finish(): KeyLoad[] {
    this.open.endAll();
    const sessions = this.sessions || this.options.oneSession;
    const times = this.options.time !== null;
    return this.candidates.flatMap(({ key }, at) => {
      const tally = this.tallies[at];
      return tally === undefined || tally.counted === 0
        ? []
        : [tally.load(key, { times, sessions })];
    });
  }
}

const elementsOf = (text: string | null): (string | null)[] =>
  text === null ? [] : arrayElements(text);
