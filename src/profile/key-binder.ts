import type { TableLayout } from '../scenario/layout-types.ts';
import type { TableSet } from '../scenario/table-types.ts';
import type { Instance } from '../sql/blocks.ts';
import { type FoundKey, keySetOf } from '../sql/key-sets.ts';
import { type Placing, placingOf } from '../sql/placing.ts';
import type { StatementReader } from '../sql/sql-reader.ts';
import { statementFate } from '../sql/statement-fate.ts';
import { evidenceTables } from './evidence-tables.ts';
import type { CandidateKey, SchemaEvidence } from './evidence.ts';
import { type AnalysedSql, TemplateAnalyst, writesOf } from './keys/analysed-templates.ts';

export interface KeyBinder {
  /**
   * By candidate, the numbers (from 1) of the parameters whose values are those of the key's
   * columns; null: the template does not say the key by parameters. Of several keys (`in ($1, $2)`,
   * several rows of one INSERT) it is the first.
   */
  parametersOf(templateSql: string): readonly (readonly number[] | null)[];
}

export function keyBinder(
  schema: SchemaEvidence,
  candidates: readonly CandidateKey[],
  reader: StatementReader,
): KeyBinder {
  const set = evidenceTables(schema);
  const analyst = new TemplateAnalyst(set, reader);
  const placings = candidates.map((candidate) => placingBy(candidate, set));
  const known = new Map<string, readonly (readonly number[] | null)[]>();
  return {
    parametersOf: (sql) => {
      const before = known.get(sql);
      if (before !== undefined) return before;
      const analysed = analyst.of(sql);
      const found = placings.map((placing) => bound(analysed, placing));
      known.set(sql, found);
      return found;
    },
  };
}

/** Only what has the key is shared out; all else is everywhere, where no join can miss it. */
function placingBy({ columns }: CandidateKey, set: TableSet): Placing {
  const keys = new Map(columns.map((each) => [each.table, each.columns]));
  const layouts = set.tables.map(({ name }): TableLayout => {
    const keyColumns = keys.get(name);
    return keyColumns === undefined
      ? { table: name, placement: 'reference', keyColumns: [], reason: 'stated' }
      : { table: name, placement: 'sharded', keyColumns, reason: 'key' };
  });
  return placingOf(set, layouts, new Map());
}

function bound(analysed: AnalysedSql, placing: Placing): readonly number[] | null {
  const { analysis, parameters } = analysed;
  const { route } = statementFate(analysis, parameters, placing);
  if (route.to === 'keys') return numbersOf(route.keys[0]);
  if (route.to !== 'nowhere') return null;
  // What no shard can run is still work for the key of the rows that it writes.
  const written = writesOf(analysis).flatMap(({ target, made }) =>
    target === null ? made.map(({ instance }) => instance) : target,
  );
  const found = written.map((instance) => firstKey(instance, analysed, placing));
  return numbersOf(found.find((each) => each !== undefined)?.bound);
}

function firstKey(
  instance: Instance,
  { parameters }: AnalysedSql,
  { tables }: Placing,
): FoundKey | undefined {
  const layout = tables.get(instance.table ?? '');
  if (layout === undefined || layout.keyColumns.length === 0) return undefined;
  const set = keySetOf(instance, layout.keyColumns, parameters);
  return set?.kind === 'keys' ? set.keys[0] : undefined;
}

function numbersOf(key: FoundKey['bound'] | undefined): readonly number[] | null {
  if (key === undefined) return null;
  const numbers = key.values.flatMap((value) =>
    'parameter' in value && value.list !== true ? value.parameter : [],
  );
  return numbers.length === key.values.length ? numbers : null;
}
