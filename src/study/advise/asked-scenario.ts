import { exitCodes } from '../../base/exit-codes.ts';
import { suggest } from '../../base/suggest.ts';
import { UserError } from '../../base/user-error.ts';
import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import { keyableColumns, keyColumns } from '../../scenario/shard-key.ts';
import { keyColumnsOf, keyTypeOfColumn } from '../../scenario/tables/table-keys.ts';
import type { Scenario } from '../../scenario/types.ts';
import {
  type AskedCandidates,
  candidateKeys,
  candidateStrategies,
} from './candidate-strategies.ts';
import { seenKeys, withSeenUse } from './profiled-scenario.ts';

/**
 * The scenario with every candidate as a strategy of its own.
 *
 * @param seen what `profile` saw: its keys, unless some are named, and what its server used
 */
export function withCandidates(
  scenario: Scenario,
  asked: AskedCandidates,
  seen: CharacteristicsDocument | null = null,
): Scenario {
  const { residency } = scenario;
  checkAskedKeys(scenario, asked.keys, '--key');
  checkAskedKeys(scenario, residency === undefined ? [] : [residency.key], 'residency.key');
  const own = seen === null ? candidateKeys(scenario) : seenKeys(scenario, seen);
  const named = asked.keys.length > 0 ? asked.keys : own;
  // Its values say where rows must lie, whichever key is asked for.
  const keys = [...new Set([...named, ...(residency === undefined ? [] : [residency.key])])];
  const strategies = candidateStrategies(scenario, { ...asked, keys });
  return { ...(seen === null ? scenario : withSeenUse(scenario, seen)), strategies };
}

/** A UserError lists every key of the command line that is none of the scenario. */
function checkAskedKeys(scenario: Scenario, asked: readonly string[], where: string): void {
  const known = candidateKeys(scenario);
  const problems = asked
    .filter((key) => !known.includes(key) && !isKey(scenario, key))
    .map((key) => {
      const near = suggest(key, known);
      const guess = near === undefined ? '' : `; did you mean ${near}?`;
      const allowed = `${known.join(', ')}, or a column of its tables`;
      return `${where}: found "${key}"; allowed: ${allowed}${guess}`;
    });
  if (problems.length === 0) return;
  throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

/** Whether there are columns of that name whose values a router takes. */
function isKey({ tables, schema, tenants: { idType } }: Scenario, key: string): boolean {
  if (tables === undefined) {
    const keyable = keyableColumns({ columns: schema.columns, idType }) ?? [];
    return keyColumns(key).every((column) => keyable.includes(column));
  }
  const found = keyColumnsOf(tables, key);
  return (
    found.length > 0 &&
    found.every(({ table, columns }) =>
      columns.every((column) => keyTypeOfColumn(tables, table, column, idType) !== undefined),
    )
  );
}
