import { suggest } from '../../base/suggest.ts';
import type { TableStrategyInput } from '../strategy-input.ts';
import { mismatch, type Problems } from '../problem.ts';
import { readStrategies, type StrategyContext } from '../strategies.ts';
import type { TableSet, View } from '../table-types.ts';
import type { Operation, Strategy } from '../types.ts';
import type { KnownNames, SqlReader } from '../vocabulary.ts';
import { checkBinds } from './bind-faults.ts';
import type { KeysInput } from './keys-input.ts';
import { readKeys } from './read-keys.ts';
import { readScriptOperations } from './read-script-operations.ts';
import { readTables, type TableInputs, type TenantsOfTables } from './read-tables.ts';
import type { ScriptOperationInput } from './script-input.ts';
import { reportFaults } from './sql-problems.ts';
import { TableTree } from './table-tree.ts';

/** The parts of a scenario with `tables` that concern one another; undefined while not sound. */
export interface TablesParts {
  readonly tables?: TableInputs | undefined;
  readonly views?: Readonly<Record<string, string>> | undefined;
  readonly keys?: KeysInput | undefined;
  readonly operations?: readonly (ScriptOperationInput | undefined)[] | undefined;
  readonly strategies?: readonly (TableStrategyInput | undefined)[] | undefined;
}

export interface TablesWhole {
  readonly tables: TableSet;
  readonly operations: readonly Operation[];
  readonly strategies: readonly Strategy[];
}

/** Tables, keys, operations and strategies; undefined where the tables have problems. */
export function readTablesScenario(
  parts: TablesParts,
  { idType, tenants }: TenantsOfTables,
  context: Omit<StrategyContext, 'tables'>,
  problems: Problems,
): TablesWhole | undefined {
  const reader = context.vocabulary.sql;
  const tables = parts.tables && readTables(parts.tables, { idType, tenants }, problems);
  if (tables === undefined) return undefined;
  const keyed = { tables, idType, hasUnsoundKeys: parts.keys === undefined };
  const views = Object.entries(parts.views ?? {}).map(([name, sql]): View => ({ name, sql }));
  const known = namesOf({ tables, views });
  checkViews(views, known, reader, problems);
  const keys = readKeys(parts.keys ?? {}, keyed, problems);
  const strategies = readStrategies(
    parts.strategies ?? [],
    { ...context, tables: { ...keyed, keys } },
    problems,
  );
  const scripts = { tree: new TableTree(tables), known, reader, problems };
  const operations = readScriptOperations(parts.operations ?? [], scripts);
  const set = { tables, keys, views };
  const inputs = (parts.operations ?? []).filter((each) => each !== undefined);
  // What has problems is not among the operations, which are then not those of the same place.
  if (operations.length === parts.operations?.length) {
    checkBinds(inputs, operations, set, reader, problems);
  }
  return { tables: set, operations, strategies };
}

function namesOf({ tables, views }: Pick<TableSet, 'tables' | 'views'>): KnownNames {
  return {
    tables: tables.map(({ name, columns }) => ({
      name,
      columns: columns.map((each) => each.name),
    })),
    views,
  };
}

/** Views are named like tables, and take no parameters. */
function checkViews(
  views: readonly View[],
  known: KnownNames,
  reader: SqlReader,
  problems: Problems,
): void {
  const tables = new Set(known.tables.map(({ name }) => name));
  for (const [index, { name, sql }] of views.entries()) {
    const path = ['views', name];
    if (tables.has(name)) {
      const text = `${name} is the name of a table; allowed: another name`;
      problems.all.push({ path, at: 'key', text });
    }
    const read = reader.read(sql);
    if (reportFaults(read, path, problems)) continue;
    if (!viewVerbs.includes(read.verb)) {
      problems.add(
        path,
        mismatch(read.verb, `a query: ${viewVerbs.join(', ')}`, suggest(read.verb, viewVerbs)),
      );
    }
    for (const parameter of read.names) {
      problems.add(path, `found the parameter :${parameter}; allowed: none in a view`);
    }
    // A view may read those before it.
    const before = { ...known, views: views.slice(0, index) };
    for (const { text, at } of reader.unknownNames(read, before)) problems.add(path, text, at);
  }
}

const viewVerbs = ['select', 'with', 'values', 'table'];
