import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cellOf, repository, scratch, shardlab } from '../../commands/shardlab-fixture.ts';
import { parseRunResult } from '../../result/parse.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import type { Measured } from './measured-scenario-fixture.ts';

/** Measures cells of a shipped scenario with tables, with fewer tenants and for a shorter time. */
export async function measuredTables(
  name: string,
  strategies: readonly string[],
  { tenants, rate, duration }: Readonly<Record<'tenants' | 'rate' | 'duration', string>>,
): Promise<Measured> {
  const cwd = scratch();
  const path = join(cwd, `${name}.yaml`);
  const shipped = readFileSync(join(repository, 'scenarios', `${name}.yaml`), 'utf8');
  const fewer = shipped.replace(/^(tenants: .*count: )\d+/m, `$1${tenants}`);
  expect(fewer).not.toBe(shipped);
  writeFileSync(path, `${fewer}warmup: 500ms\n`);
  const cells = strategies.flatMap((strategy) => ['--strategy', strategy]);
  const changes = ['--duration', duration, '--rate', rate];
  const args = ['run', path, '--json', '--out', 'out', '--fleet', 'embedded', ...changes, ...cells];
  const { stdout } = await shardlab(args, { cwd });
  const result = parseRunResult(stdout, 'stdout');
  const loaded = await loadScenario(path, { duration, rate });
  expect(result.arrivalsDigest).toBe(loaded.plan.digest);
  for (const strategy of strategies) expect(cellOf(result, strategy).status).toBe('ok');
  return { loaded, result };
}
