import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { recreateDatabase, withClient } from '../../postgres/database.ts';
import { parameterText } from '../../postgres/script/parameter-text.ts';
import { loadTables } from '../../postgres/tables/load-tables.ts';
import { workloadRows } from '../../postgres/tables/workload-rows.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { Script } from '../../scenario/table-types.ts';
import type { Operation, Scenario } from '../../scenario/types.ts';
import { vocabularyFixture } from '../../scenario/vocabulary-fixture.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { ScriptRows } from '../../workload/tables/script-rows.ts';
import { buildWorkload } from '../../workload/workload.ts';
import type { Template } from '../evidence.ts';
import { operationYaml } from './operation-yaml.ts';
import { ormScenario, ormStatements } from './orm-fixture.ts';
import { writtenOperations } from './written-operations.ts';

let fleet: RunningFleet;
let server: ShardAddress;

beforeAll(async () => {
  const started = await startShards(1);
  ({ fleet } = started);
  server = present(started.servers[0], 'server');
});
afterAll(() => fleet.stop());

const templateOf = (sql: string, at: number): Template => ({
  sql,
  fingerprint: '',
  calls: 1000 - at,
  totalMs: null,
  rows: 3000 - 3 * at,
  source: 0,
  line: null,
});

/** The helpdesk with what its statements have become. */
function writtenScenario(statements: readonly string[]): Scenario {
  const set = present(parseScenario(ormScenario, 'h.yaml', vocabularyFixture).tables, 'tables');
  const templates = statements.map(templateOf);
  const evidence = { templates, seconds: null, transactions: [], perSecond: [] };
  const { operations } = writtenOperations(evidence, set, reader, { coverage: 1 });
  const [before, after] = ormScenario.split(/  - \{ name: any.*\n/);
  const text = `${before}${operations.map(operationYaml).join('\n')}\n${after}`;
  return parseScenario(text, 'h.yaml', vocabularyFixture);
}

interface Seen {
  rows: number;
  readonly errors: Set<string>;
}

describe('what ORMs write, as operations of a scenario', () => {
  const scenario = writtenScenario(Object.values(ormStatements).flat());
  const { operations } = scenario;
  const set = present(scenario.tables, 'tables');
  const layouts = layoutsOf({ set, operations, strategies: [], tenants: 40, reader });
  const workload = buildWorkload(scenario, null, undefined, layouts);
  const seen = operations.map((): Seen => ({ rows: 0, errors: new Set() }));

  beforeAll(async () => {
    const address = await recreateDatabase(server, 'written');
    await loadTables(
      [address],
      workloadRows(workload, { shardOf: () => () => 0 }),
      present(layouts.get('single'), 'single'),
    );
    const rows = new ScriptRows(workload);
    await withClient(address, async (client) => {
      for (let arrival = 0; arrival < 40; arrival += 1) {
        for (const [index, operation] of operations.entries()) {
          const number = arrival * operations.length + index;
          rows.open(index, false, number % workload.tenants.ids.length, number);
          await runOnce(operation, client, rows, present(seen[index], 'operation'));
        }
      }
    });
  });

  test.each(operations.map(({ name }, index) => ({ name, index })))('$name runs', ({ index }) => {
    const expected = operations[index]?.expect;
    const { rows, errors } = present(seen[index], 'operation');
    const known = new Set(expected?.errors);
    expect([...errors].filter((error) => !known.has(error.slice(0, 5)))).toStrictEqual([]);
    const mayBeEmpty = expected?.empty === true || errors.size > 0;
    expect(mayBeEmpty || rows > 0).toBe(true);
  });
});

async function runOnce(
  { script }: Operation,
  client: pg.ClientBase,
  rows: ScriptRows,
  seen: Seen,
): Promise<void> {
  for (const [group, { steps, repeat }] of present(script, 'script').groups.entries()) {
    const times = repeat.kind === 'times' ? repeat.to : 1;
    for (let time = 0; time < times; time += 1) {
      for (const step of steps) {
        if (!('statement' in step)) continue;
        const statement = present(script?.statements[step.statement], 'statement');
        await runStatement(statement, group === 0 ? 0 : time, client, rows, seen);
      }
    }
  }
}

async function runStatement(
  { text, parameters }: Script['statements'][number],
  time: number,
  client: pg.ClientBase,
  rows: ScriptRows,
  seen: Seen,
): Promise<void> {
  const values = parameters.map((each) =>
    each.kind === 'answer' ? null : parameterText(rows, each, time),
  );
  try {
    const answer = await client.query({ text, values });
    seen.rows += answer.rowCount ?? 0;
  } catch (error) {
    const { code, message } = error as pg.DatabaseError;
    seen.errors.add(`${code}: ${message}`);
  }
}
