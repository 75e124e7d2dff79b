import { type Fact, fact } from '../../result/finding.ts';
import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import type { Problem } from '../../scenario/problem.ts';
import { probe } from './default-operations.ts';
import type { DraftTable } from './draft.ts';
import { type DraftScenario, strategyOf } from './draft-scenario.ts';
import { mendedTable } from './mended-table.ts';

/** Parts that no change of theirs can save go as a whole, each time at least one of them. */
export function withoutFaults(
  draft: DraftScenario,
  problems: readonly Problem[],
  notes: Fact[],
): DraftScenario {
  const fault = problems.find(
    ({ path: [part, name] }) =>
      part === 'tables' && draft.tables.some((table) => table.name === name),
  );
  if (fault !== undefined) return withoutTable(draft, String(fault.path[1]), fault.text, notes);
  if (problems.some(({ path: [part] }) => part === 'operations') && draft.operations.length > 1) {
    return { ...draft, operations: [] };
  }
  if (problems.some(({ path: [part] }) => part === 'tenants')) {
    const tenants = ['tenants: { uniform: true, count: 100, idType: int8 }'];
    return draft.tenants.join() === tenants.join() ? draft : { ...draft, tenants };
  }
  const last = draft.tables.at(-1);
  const [problem] = problems;
  return last === undefined || problem === undefined
    ? draft
    : withoutTable(draft, last.name, problem.text, notes);
}

/** What hung on it hangs on nothing, and what pointed to it has defaults. */
function withoutTable(
  draft: DraftScenario,
  name: string,
  reason: string,
  notes: Fact[],
): DraftScenario {
  notes.push(fact(codes.tableLeftOut, { severity: 'warning', names: { table: name, reason } }));
  const tables = draft.tables
    .filter((table) => table.name !== name)
    .map((table) => withoutMention(table, name));
  const keys = draft.keys.flatMap((key) => {
    const columns = key.columns.filter(({ table }) => table !== name);
    return columns.length === 0 ? [] : [{ ...key, columns }];
  });
  const left = new Set(keys.map((key) => key.name));
  const strategies = draft.strategies.filter(({ key }) => left.has(key));
  return { ...draft, tables, keys, strategies };
}

function withoutMention(table: DraftTable, name: string): DraftTable {
  const pointing = table.columns.filter(
    ({ made }) => (made.by === 'parent' || made.by === 'pick') && made.table === name,
  );
  const plain = pointing.reduce(
    (so, column) => mendedTable(so, ['columns', column.name]).table,
    table,
  );
  const isBelow = plain.per === name;
  return {
    ...plain,
    ...(isBelow && { per: null, rows: { ...plain.rows, flow: String(plain.rows.total) } }),
    foreign: plain.foreign.filter((each) => each.table !== name),
  };
}

/** There has to be one. */
export function withOperation(draft: DraftScenario): DraftScenario {
  const table = draft.tables.find(({ rows }) => rows.total > 0) ?? draft.tables[0];
  if (draft.operations.length > 0 || table === undefined) return draft;
  return { ...draft, operations: [probe(table.name)], isAssumed: true };
}

const leastTable = 'tenants_only';

export const isLeast = ({ tables }: DraftScenario): boolean =>
  tables.length === 1 && tables[0]?.name === leastTable;

/** Tenants, and nothing else: what is left where nothing else stands. */
export function leastScenario(draft: DraftScenario): DraftScenario {
  const none = { type: null, default: null, nulls: 0, comment: '' };
  const table: DraftTable = {
    name: leastTable,
    per: 'tenant',
    rows: { total: 100, flow: '1', mayBeNone: false, most: 1 },
    columns: [{ name: 'id', made: { by: 'tenant' }, ...none }],
    primary: ['id'],
    unique: [],
    foreign: [],
    indexes: [],
    comment: [],
  };
  return {
    ...draft,
    tenants: ['tenants: { uniform: true, count: 100, idType: int8 }'],
    tables: [table],
    views: [],
    keys: [{ name: 'tenant', key: 'tenant', columns: [{ table: leastTable, columns: ['id'] }] }],
    operations: [probe(leastTable)],
    isAssumed: true,
    strategies: [strategyOf('tenant', 'router: jump')],
  };
}
