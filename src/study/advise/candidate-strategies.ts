import { routerCandidates } from '../../placement/router-candidates.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import { advisedRouters } from '../../router/registry.ts';
import { keyColumns, keyTypeOf } from '../../scenario/shard-key.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';

/** What the command line names; empty: what the scenario has. */
export interface AskedCandidates {
  readonly keys: readonly string[];
  readonly routers: readonly RouterDefinition[];
}

/**
 * Each key with each router: the scenario's own strategies with all that they say, and the routers
 * with their defaults. What a strategy says of tables without a column of its key holds for all of
 * that key.
 */
export function candidateStrategies(scenario: Scenario, asked: AskedCandidates): Strategy[] {
  const keys = asked.keys.length > 0 ? asked.keys : candidateKeys(scenario);
  const routers = asked.routers.length > 0 ? asked.routers : advisedRouters;
  return keys.flatMap((key) => {
    const named = scenario.strategies.filter((strategy) => strategy.key === key);
    const tables = named.find((strategy) => strategy.tables !== undefined)?.tables;
    const own = named.filter(({ router }) => routers.some(({ name }) => name === router));
    const plain = routerCandidates(key, own, routers).filter(({ strategy }) => strategy === null);
    const kept = asked.routers.length > 0 ? own : named;
    const names = new Set(kept.map(({ name }) => name));
    const inTables = tables === undefined ? {} : { tables };
    const others = plain
      .map(({ name, spec }): Strategy => {
        const { router, parameter, hash, salt } = spec;
        const strategy = { name: `${key}/${name}`, key, router, parameter, hash, salt };
        return Object.assign(strategy, inTables);
      })
      .filter(({ name }) => !names.has(name));
    return kept.concat(others);
  });
}

/**
 * Keys of the strategies, then those that the scenario names; of the short form the columns that
 * could be one and that an operation fixes.
 */
export function candidateKeys({ strategies, tables, schema, operations, tenants }: Scenario) {
  const named = strategies.map(({ key }) => key);
  if (tables !== undefined) {
    const plain = new Set(named.map((key) => key.replace(/\[.*$/, '')));
    const others = tables.keys.map(({ name }) => name).filter((name) => !plain.has(name));
    return [...new Set([...named, ...others])];
  }
  const fixed = new Set(
    operations.flatMap(({ statements }) =>
      statements.flatMap(({ binds }) => binds.map(({ column }) => column)),
    ),
  );
  const others = schema.columns
    .filter(({ generator }) => keyTypeOf(generator, tenants.idType) !== undefined)
    .map(({ name }) => name)
    .filter((name) => fixed.has(name));
  return [...new Set([...named, ...others])];
}

/** Columns that a key reads, for what is said of it. */
export const columnsOfKey = (key: string): string[] => keyColumns(key.replace(/\[.*$/, ''));
