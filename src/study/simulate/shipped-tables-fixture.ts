import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgress } from '../../host/progress.ts';
import { present } from '../../base/assert.ts';
import type { Finding } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import type { ScenarioOverrides } from '../../scenario/overrides.ts';
import { type LoadedScenario, loadScenario } from '../scenario/load-scenario.ts';
import { simulate } from './simulate.ts';

const folder = new URL('../../../scenarios/', import.meta.url);

export interface Simulated {
  readonly loaded: LoadedScenario;
  readonly cells: readonly Cell[];
  readonly findings: readonly Finding[];
}

/** Shards that are never busy, so that every arrival counts. */
const idle = '{ servers: 1000, service: { constant: 0.001ms } }';

/**
 * A shipped scenario in virtual time.
 *
 * @param edit what is changed of its text: fewer rows, say
 * @param simulation its part `simulation`
 */
export async function simulatedScenario(
  name: string,
  overrides: ScenarioOverrides,
  edit: (text: string) => string = (text) => text,
  simulation = idle,
): Promise<Simulated> {
  const own = mkdtempSync(join(tmpdir(), 'shardlab-shipped-'));
  try {
    const path = join(own, `${name}.yaml`);
    const shipped = readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
    writeFileSync(path, `${edit(shipped)}warmup: 0s\nsimulation: ${simulation}\n`);
    const loaded = await loadScenario(path, overrides, () => undefined, 'plan');
    const { result } = await simulate({
      loaded,
      keep: async () => undefined,
      command: '',
      notes: [],
      progress: createProgress({ write: () => true }, false),
      signal: new AbortController().signal,
    });
    return { loaded, cells: result.cells, findings: result.findings };
  } finally {
    rmSync(own, { recursive: true });
  }
}

/** What the shard key makes of each operation, by its name. */
export const fatesOf = ({ operations }: Cell): Record<string, string | undefined> =>
  Object.fromEntries(operations.map(({ operation, fate }) => [operation, fate]));

export function cellNamed(cells: readonly Cell[], strategy: string): Cell {
  return present(
    cells.find((cell) => cell.strategy === strategy),
    `a cell ${strategy}`,
  );
}

/** Share of the arrivals of the operations of these names. */
export function shareOf({ plan, workload }: LoadedScenario, names: readonly string[]): number {
  const counts = workload.operations.map(({ name }, index) =>
    names.includes(name) ? (plan.byOperation[index] ?? 0) : 0,
  );
  return counts.reduce((sum, count) => sum + count, 0) / plan.measure.arrivals;
}

/** By how many standard errors a share of so many arrivals is off. */
export function standardErrors(share: number, expected: number, arrivals: number): number {
  return Math.abs(share - expected) / Math.sqrt((expected * (1 - expected)) / arrivals);
}
