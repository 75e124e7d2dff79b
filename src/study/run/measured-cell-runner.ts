import { present } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { intervalTicker } from '../../host/ticker.ts';
import { cycleNsOf } from '../../metrics/course.ts';
import type { NewError } from '../../metrics/error-tally.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { Recorder } from '../../metrics/recorder.ts';
import type { TenantClasses } from '../../metrics/tenant-classes.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import {
  createSchema,
  dropNamespace,
  finishCopy,
  recreateNamespace,
} from '../../postgres/database.ts';
import { copyRows } from '../../postgres/copy-rows.ts';
import { loadTables } from '../../postgres/tables/load-tables.ts';
import type { TableChecksums } from '../../postgres/tables/verify-tables.ts';
import { workloadRows } from '../../postgres/tables/workload-rows.ts';
import {
  addStatistics,
  type AskedServer,
  shardStatistics,
  type ShardStatistics,
  statisticsBetween,
} from '../../postgres/shard-statistics.ts';
import { type ShardContent, verifyCopy } from '../../postgres/verify-copy.ts';
import type { Fact } from '../../result/finding.ts';
import type { TableResult } from '../../result/table-result.ts';
import { classedTenants } from '../../traffic/classed-tenants.ts';
import { Driver } from '../../traffic/driver.ts';
import { driverLimits } from '../../traffic/driver-limits.ts';
import type { Outbox } from '../../traffic/outbox.ts';
import type { Pacer, Target } from '../../traffic/ports.ts';
import { watchedKinds } from '../../traffic/running-limits.ts';
import { watchedPlan } from '../../traffic/watched-plan.ts';
import { runsForMs } from '../../workload/phases.ts';
import type { Phase } from '../../workload/types.ts';
import type { CellPhase } from '../cells/cell-phases.ts';
import type { CellRouting } from '../cells/cell-routing.ts';
import {
  type CellRunner,
  type PlannedCell,
  type RunnerFacts,
  shardsNeeded,
} from '../cells/cell-runner.ts';
import type { WatchPhase } from '../live/watch-seconds.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { CellLookup, lookupNotes } from './cell-lookup.ts';
import { type CellTarget, cellTarget, follow } from './cell-target.ts';
import { guardLimits } from './limit-guard.ts';
import { unwatched, watched } from './watched-phase.ts';

/** What measuring takes, whatever the cell. */
export interface MeasuringPorts {
  readonly loaded: LoadedScenario;
  readonly fleet: RunningFleet;
  readonly pacer: Pacer;
  readonly outbox: Outbox | null;
  readonly clock: Clock;
  /** Rejects when the run cannot go on: interrupted, or a shard stopped by itself. */
  readonly broken: Promise<never>;
  /** Called with the first error of each code, operation and shard of a phase. */
  readonly sawError: NewError;
  /** Of the cells before this one, in a scenario with many tables. */
  readonly checksums: TableChecksums;
  /** Sees the seconds of each phase as they end; absent: nobody looks. */
  readonly watchPhase?: WatchPhase;
  /** Which of the places on the shards it takes, where several cells have rows at once; else 0. */
  readonly place: number;
  /** Whether its connections stay open between its turns. */
  readonly keepsOpen: boolean;
  /** What stands between the driver and the shards, for tests of what is measured; else nothing. */
  readonly between?: (target: Target) => Target;
}

/** The first has the name alone, which people know from the documentation. */
const databaseOf = (place: number): string => (place === 0 ? 'shardlab' : `shardlab_${place}`);

interface PreparedShards {
  readonly addresses: readonly ShardAddress[];
  readonly contents: readonly ShardContent[];
  /** null in the short form of one table. */
  readonly tables: readonly TableResult[] | null;
  /** What could not be done as it is on shards of our own. */
  readonly notes: readonly Fact[];
}

/** A cell on real shards, from an empty database on. */
export class MeasuredCellRunner implements CellRunner {
  private readonly ports: MeasuringPorts;
  private prepared: PreparedShards | null = null;
  private before: readonly ShardStatistics[] = [];
  private target: CellTarget | null = null;
  /** Whether the visit that began has not been accounted for. */
  private visiting = false;
  private routing: CellRouting | null = null;
  /** What the servers did in each visit. */
  private readonly visits: (readonly AskedServer[])[] = [];
  private lookup: CellLookup | null = null;

  constructor(ports: MeasuringPorts) {
    this.ports = ports;
  }

  async prepare(cell: PlannedCell): Promise<void> {
    const { ports } = this;
    const { broken } = ports;
    const prepared = await Promise.race([prepareShards(cell, ports), broken]);
    this.prepared = prepared;
    this.routing = cell.routing;
    this.lookup = await Promise.race([openLookup(cell.routing, prepared, ports), broken]);
  }

  /** Opened for each visit, where those of all cells together would be too many. */
  private async entered(): Promise<CellTarget> {
    const { addresses } = present(this.prepared, 'prepared shards');
    if (!this.visiting) this.before = await shardStatistics(addresses);
    this.visiting = true;
    if (this.target !== null) return this.target;
    const { scenario, workload } = this.ports.loaded;
    const { outbox } = this.ports;
    const { tables } = present(this.routing, 'routing: the cell is prepared');
    const target = cellTarget(workload, tables, addresses, {
      connectionsPerShard: scenario.limits.connectionsPerShard,
      reports: this.ports.keepsOpen,
      statementTimeoutMs: scenario.limits.shardTimeoutMs,
      ...(outbox && { outbox }),
    });
    this.target = target;
    await target.warmUp();
    return target;
  }

  async run(cellPhase: CellPhase): Promise<PhaseRecord> {
    const { phase, routing, measured } = cellPhase;
    const { ports, lookup } = this;
    const { pacer, clock, broken, loaded } = ports;
    const { plan, failed } = watchedPlan(lookup?.routes ?? routing.plan);
    const target = await Promise.race([this.entered(), broken]);
    follow(target, routing.tables);
    const between = ports.between?.(target) ?? target;
    const driver = new Driver(plan, driverLimits(loaded.scenario.limits), {
      target: lookup?.over(between) ?? between,
      pacer,
      clock,
      ticker: intervalTicker,
    });
    const tenantClasses = measured ? classedTenants(loaded.workload, routing) : null;
    const recorder = recorderOf(phase, plan.shardCount, tenantClasses, ports, measured);
    const drive = async (): Promise<void> => {
      lookup?.enter(phase);
      const ended = { clock, ticker: intervalTicker };
      const limits = guardLimits(loaded.scenario, recorder.watched, ended);
      const stopWatching = ports.watchPhase?.(recorder, cellPhase);
      try {
        await Promise.race([driver.run(phase, recorder), broken, failed, limits.broken]);
      } catch (error) {
        driver.stop();
        throw error;
      } finally {
        limits.stop();
        stopWatching?.();
      }
    };
    const { addresses, contents } = present(this.prepared, 'prepared shards');
    const own = contents.slice(0, plan.shardCount);
    const seen = measured
      ? await watched(drive, driver, addresses.slice(0, plan.shardCount), ports.fleet)
      : await unwatched(drive, own.length);
    return {
      ...seen,
      samples: recorder.samples(pacer.concurrency()),
      contents: own,
      otherwise: null,
    };
  }

  async facts(): Promise<RunnerFacts> {
    const { addresses, notes, tables } = present(this.prepared, 'prepared shards');
    const { fleet, outbox } = this.ports;
    if (this.visiting) {
      this.visiting = false;
      await this.reported();
      this.visits.push(await statisticsBetween(addresses, this.before, fleet.memoryBytes ?? null));
    }
    const servers = this.visits.reduce(addStatistics);
    const lookup = (await this.lookup?.result()) ?? null;
    return {
      servers,
      lookup,
      ...(tables && { tables }),
      notes: [...notes, ...(lookup === null ? [] : lookupNotes(lookup, outbox !== null))],
    };
  }

  /** Sessions report what they did when they are asked to, from Postgres 15 on, or end. */
  private async reported(): Promise<void> {
    const { target } = this;
    if (this.ports.keepsOpen && (await target?.report()) === true) return;
    await target?.close();
    this.target = null;
  }

  async close(): Promise<void> {
    await this.target?.close();
    await this.lookup?.close();
    const { place } = this.ports;
    if (this.prepared !== null && place > 0) {
      await Promise.all(this.prepared.addresses.map(dropNamespace));
    }
  }
}

function recorderOf(
  phase: Phase,
  shardCount: number,
  tenantClasses: TenantClasses | null,
  { loaded: { workload, scenario }, sawError }: MeasuringPorts,
  measured: boolean,
): Recorder {
  const { operations } = workload;
  const limits = measured ? (scenario.thresholds ?? []) : [];
  return new Recorder({
    shardCount,
    kinds: operations.map(({ kind }) => kind),
    windowNs: runsForMs(phase) * 1e6,
    watched: watchedKinds(limits, operations, shardCount),
    expected: operations.map(({ expect }) => expect?.errors ?? []),
    onNewError: sawError,
    cycleNs: cycleNsOf(phase.arrivals),
    tenantClasses,
  });
}

async function openLookup(
  { lookup }: CellRouting,
  { addresses }: PreparedShards,
  { fleet, loaded, clock }: MeasuringPorts,
): Promise<CellLookup | null> {
  const [maintenance] = fleet.shards;
  if (lookup === null || maintenance === undefined) return null;
  return CellLookup.open({ ...lookup, loaded, clock, maintenance, addresses });
}

async function prepareShards(cell: PlannedCell, ports: MeasuringPorts): Promise<PreparedShards> {
  const {
    fleet,
    loaded: { scenario, workload },
    checksums,
  } = ports;
  const { schema } = scenario;
  const { shardOf, tables } = cell.routing;
  const addresses = await Promise.all(
    fleet.shards
      .slice(0, shardsNeeded(cell))
      .map((shard) => recreateNamespace(shard, databaseOf(ports.place), ports.place)),
  );
  if (tables !== null) {
    const rows = workloadRows(workload, tables);
    const loaded = await loadTables(addresses, rows, tables.layout);
    checksums.check(rows.set, loaded.checksums);
    return { addresses, ...loaded };
  }
  await createSchema(addresses, schema);
  const sent = await copyRows(addresses, workload, schema.table, shardOf);
  const notes = await finishCopy(addresses, schema);
  const contents = await verifyCopy(addresses, workload, schema.table, sent, shardOf);
  return { addresses, contents, tables: null, notes };
}
