import { type Fact, fact } from '../../result/finding.ts';
import { unseenCodes } from '../../result/characteristics-codes.ts';
import type { Template } from '../evidence.ts';
import {
  type AnalysedSql,
  largeKind,
  type TemplateAnalyst,
  tableUses,
  writesOf,
} from '../keys/analysed-templates.ts';

/** A template that uses at least one of the tables: only these have a fate under a key. */
export interface WeighedStatement extends AnalysedSql {
  readonly template: Template;
  readonly kind: 'read' | 'write';
  /** Tables whose rows it reads or writes, each once. */
  readonly tables: readonly string[];
  readonly written: readonly string[];
  /** Whether it brings rows of two uses of tables together. */
  readonly joins: boolean;
}

export interface WeighedStatements {
  readonly statements: readonly WeighedStatement[];
  /** Calls of all of them. */
  readonly calls: number;
  /** What is not among them. */
  readonly unseen: readonly Fact[];
}

export function weighedStatements(
  templates: readonly Template[],
  analyst: TemplateAnalyst,
): WeighedStatements {
  const apart = new Map(order.map((code) => [code, new Apart(code)]));
  const statements = templates.flatMap((template): WeighedStatement[] => {
    const analysed = analyst.of(template.sql);
    const weighed = weighedStatement(template, analysed);
    if (weighed !== undefined) return [weighed];
    const { code, names } = whyApart(analysed);
    apart.get(code)?.add(template, names);
    return [];
  });
  const all = templates.reduce((sum, { calls }) => sum + calls, 0);
  return {
    statements,
    calls: statements.reduce((sum, { template }) => sum + template.calls, 0),
    unseen: [...apart.values()].flatMap((each) => each.facts(all)),
  };
}

const { notParsed, tooLarge, unknownTables, otherKinds, withoutTables } = unseenCodes;
const order = [notParsed, tooLarge, unknownTables, otherKinds, withoutTables];

/** Kinds that touch no table, or that touch rows by the tables that they name. */
const plainKinds =
  /^(?:(?:Select|Insert|Update|Delete|Merge|Transaction|VariableSet|VariableShow)Stmt)$/;

function whyApart({ analysis: { kind, unknown } }: AnalysedSql): {
  readonly code: (typeof order)[number];
  readonly names: readonly string[];
} {
  if (kind === '') return { code: notParsed, names: [] };
  if (kind === largeKind) return { code: tooLarge, names: [] };
  if (!plainKinds.test(kind)) return { code: otherKinds, names: [spoken(kind)] };
  const tables = unknown.flatMap(
    ({ text }) => /^there is no table (?!or alias )([^;]+)/.exec(text)?.[1] ?? [],
  );
  return { code: tables.length > 0 ? unknownTables : withoutTables, names: tables };
}

function weighedStatement(template: Template, analysed: AnalysedSql): WeighedStatement | undefined {
  const { analysis } = analysed;
  const { read, made } = tableUses(analysis);
  const tables = [...new Set([...read, ...made].flatMap(({ table }) => table ?? []))];
  if (tables.length === 0) return undefined;
  const writes = writesOf(analysis);
  return {
    ...analysed,
    template,
    kind: writes.length > 0 ? 'write' : 'read',
    tables,
    written: [...new Set(writes.flatMap(({ table }) => table ?? []))],
    joins: read.length > 1,
  };
}

/** Of `RefreshMatViewStmt`: refresh mat view. */
const spoken = (kind: string): string =>
  kind
    .replace(/Stmt$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();

/** Templates that are left out for one reason. */
class Apart {
  readonly #code: string;
  #calls = 0;
  #templates = 0;
  readonly #names = new Set<string>();

  constructor(code: string) {
    this.#code = code;
  }

  add({ calls }: Template, names: readonly string[]): void {
    this.#calls += calls;
    this.#templates += 1;
    for (const name of names) this.#names.add(name);
  }

  facts(all: number): Fact[] {
    if (this.#templates === 0) return [];
    const found = [...this.#names].toSorted();
    const isOfTables = this.#code === unknownTables;
    const some = found.length === 0 ? null : found.slice(0, namesMost);
    const numbers = {
      calls: this.#calls,
      share: all === 0 ? 0 : this.#calls / all,
      templates: this.#templates,
      tables: isOfTables ? found.length : null,
    };
    const names = isOfTables ? { tables: some } : { kinds: some };
    const isHarmless = this.#code === withoutTables || this.#code === otherKinds;
    return [fact(this.#code, { severity: isHarmless ? 'info' : 'warning', numbers, names })];
  }
}

const namesMost = 10;
