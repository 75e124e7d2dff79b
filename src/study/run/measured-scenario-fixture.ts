import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseRunResult } from '../../result/parse.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import type { ArrivalVisitor } from '../../workload/types.ts';
import { loadScenario, type LoadedScenario } from '../scenario/load-scenario.ts';
import { cellOf, repository, scratch, shardlab } from '../../commands/shardlab-fixture.ts';
import { measurePhase } from '../../workload/phases.ts';

export interface Measured {
  readonly loaded: LoadedScenario;
  readonly result: RunResult;
}

/** Runs cells of a shipped scenario on less data and with less of a warm-up than it asks for. */
export async function measured(
  name: string,
  strategies: readonly string[],
  total = '4MB',
): Promise<Measured> {
  const cwd = scratch();
  const path = join(cwd, `${name}.yaml`);
  const shipped = readFileSync(join(repository, 'scenarios', `${name}.yaml`), 'utf8');
  const rowBytes = /^data: .*(, row: \w+)/m.exec(shipped)?.[1] ?? '';
  const rest = shipped.replaceAll(/^(data|warmup): .*\n/gm, '');
  writeFileSync(path, `${rest}data: { total: ${total}${rowBytes} }\nwarmup: 300ms\n`);
  const cells = strategies.flatMap((strategy) => ['--strategy', strategy]);
  const args = ['run', path, '--json', '--duration', '3s', '--out', 'out', ...cells];
  const { stdout } = await shardlab(args, { cwd });
  const result = parseRunResult(stdout, 'stdout');
  const loaded = await loadScenario(path, { duration: '3s' });
  expect(result.arrivalsDigest).toBe(loaded.plan.digest);
  for (const strategy of strategies) {
    const { status, load } = cellOf(result, strategy);
    expect(status).toBe('ok');
    expect(load).toMatchObject({ arrivals: loaded.plan.measure.arrivals, errorsByCode: {} });
  }
  return { loaded, result };
}

export function replay({ workload, plan }: LoadedScenario, visit: ArrivalVisitor): void {
  visitArrivals(workload, measurePhase(workload, plan.measure.firstNewRow), visit);
}

export const writesOf = (cell: Cell): number[] => cell.shards.map(({ writesSent }) => writesSent);
export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** Measured arrivals of each operation by name. */
export function arrivalsOf({ workload, plan }: LoadedScenario): (name: string) => number {
  return (name) => {
    const index = workload.operations.findIndex((operation) => operation.name === name);
    return present(plan.byOperation[index], name);
  };
}
