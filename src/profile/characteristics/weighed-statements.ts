import { type Fact, fact } from '../../result/finding.ts';
import { unseenCodes } from '../../result/characteristics-codes.ts';
import type { Template } from '../evidence.ts';
import {
  type AnalysedSql,
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
  const apart = { unparsed: new Apart(), unknown: new Apart(), without: new Apart() };
  const statements = templates.flatMap((template): WeighedStatement[] => {
    const analysed = analyst.of(template.sql);
    const weighed = weighedStatement(template, analysed);
    if (weighed !== undefined) return [weighed];
    const { kind, unknown } = analysed.analysis;
    const tables = unknown.flatMap(
      ({ text }) => /^there is no table (?!or alias )([^;]+)/.exec(text)?.[1] ?? [],
    );
    const part = kind === '' ? 'unparsed' : tables.length > 0 ? 'unknown' : 'without';
    apart[part].add(template, tables);
    return [];
  });
  const all = templates.reduce((sum, { calls }) => sum + calls, 0);
  return {
    statements,
    calls: statements.reduce((sum, { template }) => sum + template.calls, 0),
    unseen: [
      ...apart.unparsed.facts(unseenCodes.notParsed, all),
      ...apart.unknown.facts(unseenCodes.unknownTables, all),
      ...apart.without.facts(unseenCodes.withoutTables, all),
    ],
  };
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

/** Templates that are left out for one reason. */
class Apart {
  #calls = 0;
  #templates = 0;
  readonly #tables = new Set<string>();

  add({ calls }: Template, tables: readonly string[]): void {
    this.#calls += calls;
    this.#templates += 1;
    for (const table of tables) this.#tables.add(table);
  }

  facts(code: string, all: number): Fact[] {
    if (this.#templates === 0) return [];
    const tables = [...this.#tables].toSorted();
    const numbers = {
      calls: this.#calls,
      share: all === 0 ? 0 : this.#calls / all,
      templates: this.#templates,
      tables: tables.length === 0 ? null : tables.length,
    };
    const names = { tables: tables.length === 0 ? null : tables.slice(0, namesMost) };
    const severity = code === unseenCodes.withoutTables ? 'info' : 'warning';
    return [fact(code, { severity, numbers, names })];
  }
}

const namesMost = 10;
