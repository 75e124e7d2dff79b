import type { ParseResult } from 'libpg-query';
import type { TableSet } from '../../scenario/table-types.ts';
import { type Analysis, analyse } from '../../sql/analysis.ts';
import type { Instance, WriteBlock } from '../../sql/blocks.ts';
import { type Catalog, catalogOf } from '../../sql/catalog.ts';
import type { ParameterFacts } from '../../sql/key-sets.ts';
import { numberedFacts } from '../../sql/numbered-facts.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import { nodeOf, soleStatement } from '../../sql/tree.ts';

export interface AnalysedSql {
  readonly analysis: Analysis;
  readonly parameters: readonly ParameterFacts[];
}

/** Analyses statements with $1, $2 ... on the tables of a set. */
export class TemplateAnalyst {
  readonly #catalog: Catalog;
  readonly #reader: StatementReader;
  readonly #known = new Map<string, AnalysedSql>();

  constructor(set: TableSet, reader: StatementReader) {
    this.#catalog = catalogOf(set, reader);
    this.#reader = reader;
  }

  /** Each text is analysed once. */
  of(sql: string): AnalysedSql {
    const before = this.#known.get(sql);
    if (before !== undefined) return before;
    const analysed = this.#analyse(sql);
    this.#known.set(sql, analysed);
    return analysed;
  }

  #analyse(sql: string): AnalysedSql {
    const read = this.#reader.readNumbered(sql);
    const statement = { ...read, tree: withFewRows(read.tree) };
    if (isTooLarge(statement.tree)) return { analysis: tooLarge, parameters: [] };
    try {
      const analysis = analyse(statement, this.#catalog, () => undefined);
      return { analysis, parameters: numberedFacts(statement) };
    } catch (error) {
      // An expression nested thousands of levels deep: nothing is known of the statement.
      if (!(error instanceof RangeError)) throw error;
      return { analysis: nothing, parameters: [] };
    }
  }
}

const nothing: Analysis = {
  block: null,
  writes: [],
  instances: [],
  locks: false,
  volatile: [],
  kind: '',
  unknown: [],
};

/** Instead of the kind of a node. */
export const largeKind = 'too large';

/** Of one whose parts would take minutes to be held against one another. */
const tooLarge: Analysis = { ...nothing, kind: largeKind };

/** Sub-selects and arms of set operations. */
const selectsMost = 100;

function isTooLarge(tree: ParseResult | null): boolean {
  let selects = 0;
  const waiting: unknown[] = [tree];
  for (let node = waiting.pop(); waiting.length > 0 || node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('SelectStmt' in node || 'larg' in node) selects += 1;
    if (selects > selectsMost) return true;
    for (const below of Object.values(node)) waiting.push(below);
  }
  return false;
}

/** Rows of an INSERT differ in their parameters only: what the first of them say holds for all. */
const rowsMost = 100;

function withFewRows(tree: ParseResult | null): ParseResult | null {
  const insert = nodeOf(soleStatement(tree), 'InsertStmt');
  const select = nodeOf(insert?.selectStmt, 'SelectStmt');
  const rows = select?.valuesLists ?? [];
  if (tree === null || insert === undefined || rows.length <= rowsMost) return tree;
  const few = { SelectStmt: { ...select, valuesLists: rows.slice(0, rowsMost) } };
  return { ...tree, stmts: [{ stmt: { InsertStmt: { ...insert, selectStmt: few } } }] };
}

/** What a statement writes, itself and in its CTEs. */
export function writesOf({ block, writes }: Analysis): WriteBlock[] {
  return [...new Set([block, ...writes])].filter((each) => each?.kind === 'write');
}

/** Uses of tables in a statement: those of the rows that it inserts are `made`. */
export function tableUses(analysis: Analysis): {
  readonly read: readonly Instance[];
  readonly made: readonly Instance[];
} {
  const made = new Set(
    writesOf(analysis).flatMap((write) => write.made.map(({ instance }) => instance)),
  );
  const used = analysis.instances.filter(({ table }) => table !== null);
  return { read: used.filter((each) => !made.has(each)), made: [...made] };
}
