import { join } from 'node:path';
import { type Judged, judge } from '../../queries/judgement.ts';
import { offenceOf } from '../../queries/offence.ts';
import { type QueryTables, queryTables } from '../../queries/query-tables.ts';
import { type Grammar, loadGrammar } from '../../sql/grammar.ts';
import { sqlReader } from '../../sql/sql-reader.ts';
import { readScenario } from '../scenario/load-scenario.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'scenarios');

interface KnownTables {
  readonly tables: QueryTables;
  readonly grammar: Grammar;
}

/** What is known of a shipped scenario's tables under one of its shard keys. */
export const shippedTables = (name: string, key: string): Promise<KnownTables> =>
  tablesOf(join(folder, `${name}.yaml`), key);

export async function tablesOf(path: string, key: string): Promise<KnownTables> {
  const grammar = await loadGrammar();
  const { scenario, layouts } = await readScenario(path, {}, 'plan');
  return { tables: queryTables(scenario, { key }, layouts, sqlReader(grammar)), grammar };
}

/** The fate of a statement that must be judged, and what is objected to. */
export function judgedIn(sql: string, { tables, grammar }: KnownTables) {
  const { judgement }: Judged = judge(sql, tables, grammar);
  if (judgement.kind !== 'judged') throw new Error(`${sql}: ${JSON.stringify(judgement)}`);
  const { layout, unknownColumns } = judgement;
  return { fate: layout.fate, offence: offenceOf(layout), unknownColumns };
}
