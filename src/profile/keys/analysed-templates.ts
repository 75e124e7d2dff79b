import type { TableSet } from '../../scenario/table-types.ts';
import { type Analysis, analyse } from '../../sql/analysis.ts';
import type { Instance, WriteBlock } from '../../sql/blocks.ts';
import { type Catalog, catalogOf } from '../../sql/catalog.ts';
import type { ParameterFacts } from '../../sql/key-sets.ts';
import { numberedFacts } from '../../sql/numbered-facts.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';

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
    const statement = this.#reader.readNumbered(sql);
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
