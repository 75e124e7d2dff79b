// Runs the operations of a workload with tables on real shards, as a cell does.
import type { ShardAddress } from '../../base/shard-address.ts';
import { systemClock } from '../../host/system-clock.ts';
import { intervalTicker } from '../../host/ticker.ts';
import { Recorder } from '../../metrics/recorder.ts';
import { startPacer } from '../../study/run/pacer.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { Driver } from '../../traffic/driver.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import { tablePlan } from '../../traffic/tables/table-plan.ts';
import { measurePhase } from '../../workload/phases.ts';
import type { Workload } from '../../workload/types.ts';
import { ScriptTarget } from './script-target.ts';

const connectionsPerShard = 4;
const limits = {
  operationTimeoutNs: 20e9,
  shardTimeoutNs: 20e9,
  connectionsPerShard,
  queuePerShard: 1000,
};

interface DrivenScripts {
  readonly workload: Workload;
  readonly tables: CellTables;
  readonly addresses: readonly ShardAddress[];
  /** What the scenario of the pacer differs in from the tiny one. */
  readonly changes: Parameters<typeof tinyScenario>[0];
  /** Gets what has to be closed at the end. */
  readonly cleanUps: (() => Promise<void>)[];
}

/** The measured phase of a workload, from loaded shards to what was recorded. */
export async function driveScripts(driven: DrivenScripts): Promise<Recorder> {
  const { workload, tables, addresses, changes, cleanUps } = driven;
  const { pacer, outbox, close } = startPacer({ scenario: tinyScenario(changes), workload });
  cleanUps.push(close);
  const target = new ScriptTarget(workload, tables, addresses, {
    connectionsPerShard,
    statementTimeoutMs: 20_000,
    ...(outbox && { outbox }),
  });
  cleanUps.push(() => target.close());
  await target.warmUp();
  const kinds = workload.operations.map(({ kind }) => kind);
  const recorder = new Recorder({ shardCount: addresses.length, kinds, windowNs: 1e9 });
  const ports = { target, pacer, clock: systemClock(), ticker: intervalTicker };
  const driver = new Driver(tablePlan(tables.trace()), limits, ports);
  await driver.run(measurePhase(workload, 0), recorder);
  return recorder;
}
