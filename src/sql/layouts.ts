import type {
  Layout,
  OperationLayout,
  StatementLayout,
  TableLayout,
} from '../scenario/layout-types.ts';
import type { Script, TableSet } from '../scenario/table-types.ts';
import type { Operation, Strategy } from '../scenario/types.ts';
import { catalogOf } from './catalog.ts';
import { expectedRows } from '../scenario/tables/expected-rows.ts';
import { keyColumnsOf } from '../scenario/tables/table-keys.ts';
import { TableTree } from '../scenario/tables/table-tree.ts';
import { doneBefore } from './done-cascades.ts';
import { placeTable } from './default-placement.ts';
import { brokenBy, heldByRows } from './held-foreign.ts';
import { type Placing, placingOf } from './placing.ts';
import { type ScriptFacts, scriptFacts, updatedColumns, writtenTables } from './script-facts.ts';
import type { StatementReader } from './sql-reader.ts';
import { statementFate, worstFate } from './statement-fate.ts';

export interface LayoutInput {
  readonly set: TableSet;
  readonly operations: readonly Operation[];
  readonly strategies: readonly Pick<Strategy, 'key' | 'tables'>[];
  /** How many there are. */
  readonly tenants: number;
  readonly reader: StatementReader;
}

/** The baseline's layout. */
const singleKey = 'single';

/** By the name of the shard key; `single` is that of one shard, on which everything lies. */
export function layoutsOf(input: LayoutInput): ReadonlyMap<string, Layout> {
  const { set, strategies } = input;
  const facts = operationFacts(input);
  const layouts = new Map([[singleKey, layoutOf(singleKey, set, atHome(set), facts)]]);
  const uses = usesOf(input, facts);
  const tree = new TableTree(set.tables);
  for (const { key, tables: choices } of strategies) {
    if (layouts.has(key)) continue;
    const keys = new Map(keyColumnsOf(set, key).map((each) => [each.table, each]));
    const tables = set.tables.map((table) =>
      placeTable(table, keys.get(table.name), choices, {
        rows: expectedRows(table, tree, input.tenants),
        writes: uses.get(table.name) ?? 0,
      }),
    );
    layouts.set(key, layoutOf(key, set, tables, facts));
  }
  return layouts;
}

interface OperationFacts {
  readonly own: ScriptFacts | null;
  readonly instead: ScriptFacts | null;
}

function operationFacts({ set, operations, reader }: LayoutInput): OperationFacts[] {
  const catalog = catalogOf(set, reader);
  const scripts = operations.flatMap(({ script, instead }) => [script ?? [], instead ?? []].flat());
  const read = (script: Script, updated: ReadonlySet<string>): ScriptFacts =>
    scriptFacts(script, set, catalog, reader, updated);
  const facts = new Map(scripts.map((script) => [script, read(script, new Set())]));
  const updated = new Set([...facts.values()].flatMap(updatedColumns));
  const factsOf = (script: Script | undefined): ScriptFacts | null => {
    if (script === undefined) return null;
    // Only what is known of answers depends on what is updated anywhere.
    return hasAnswers(script) ? read(script, updated) : (facts.get(script) ?? null);
  };
  return operations.map(({ script, instead }) => ({
    own: factsOf(script),
    instead: factsOf(instead),
  }));
}

const hasAnswers = ({ statements }: Script): boolean =>
  statements.some(({ parameters }) => parameters.some(({ kind }) => kind === 'answer'));

/** Share of the operations, by weight, that write each table. */
function usesOf(
  { operations }: LayoutInput,
  facts: readonly OperationFacts[],
): ReadonlyMap<string, number> {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  const shares = new Map<string, number>();
  for (const [index, { weight }] of operations.entries()) {
    const own = facts[index]?.own;
    for (const table of new Set(own === null || own === undefined ? [] : writtenTables(own))) {
      shares.set(table, (shares.get(table) ?? 0) + weight / total);
    }
  }
  return shares;
}

const atHome = ({ tables }: TableSet): TableLayout[] =>
  tables.map(({ name }) => ({ table: name, placement: 'home', keyColumns: [], reason: 'stated' }));

function layoutOf(
  key: string,
  set: TableSet,
  tables: readonly TableLayout[],
  facts: readonly OperationFacts[],
): Layout {
  const held = heldByRows(set, tables);
  for (;;) {
    const placing = placingOf(set, tables, held);
    const operations = facts.map((each) => operationLayout(each, placing, key === singleKey));
    const broken = brokenBy(running(facts, operations), held, set);
    if (broken.length === 0) return { key, tables, operations, lost: placing.lost };
    // Without it another operation may go its way round, which may break another one.
    for (const each of broken) held.delete(each);
  }
}

/** What operations run, as they are laid out. */
const running = (
  facts: readonly OperationFacts[],
  operations: readonly OperationLayout[],
): ScriptFacts[] =>
  facts.flatMap(({ own, instead }, index) => {
    const { runs = 'none' } = operations[index] ?? {};
    return runs === 'none' ? [] : ((runs === 'own' ? own : instead) ?? []);
  });

function operationLayout(
  { own, instead }: OperationFacts,
  placing: Placing,
  isOneShard: boolean,
): OperationLayout {
  const fates = fatesOf(own, placing, isOneShard);
  const refused = refusedIn(fates);
  if (refused === undefined) return whole(fates, 'own');
  const others = instead === null ? undefined : fatesOf(instead, placing, isOneShard);
  if (others !== undefined && refusedIn(others) === undefined) {
    return { ...whole(others, 'instead'), refused };
  }
  return { fate: 'notRunnable', runs: 'none', refused, statements: fates };
}

function fatesOf(
  facts: ScriptFacts | null,
  placing: Placing,
  isOneShard: boolean,
): StatementLayout[] {
  const statements = facts?.statements ?? [];
  return statements.map((statement, index) => {
    const { analysis, parameters } = statement;
    const isDone = doneBefore(statement, statements.slice(0, index));
    const fate = statementFate(analysis, parameters, placing, isDone);
    // On one shard there is nothing that does not run.
    if (!isOneShard || fate.fate === 'single' || fate.fate === 'reference') return fate;
    return { fate: 'single', route: { to: 'home' }, locks: fate.locks };
  });
}

function whole(statements: readonly StatementLayout[], runs: 'own' | 'instead'): OperationLayout {
  return { fate: worstFate(statements.map(({ fate }) => fate)), runs, statements };
}

function refusedIn(fates: readonly StatementLayout[]): OperationLayout['refused'] {
  const statement = fates.findIndex(({ fate }) => fate === 'notRunnable');
  const reason = fates[statement]?.reason;
  return reason === undefined ? undefined : { statement, reason };
}
