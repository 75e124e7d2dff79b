import { present } from '../../base/assert.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { walUse } from '../../metrics/wal-use.ts';
import type { AskedServer } from '../../postgres/shard-statistics.ts';
import type { ShardResult } from '../../result/types.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { phaseMetrics } from '../../simulate/extrapolation.ts';
import { knownFacts } from '../../traffic/known-facts.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { MeasuredCell } from './cell-outcome.ts';
import type { CellPhase } from './cell-phases.ts';
import { notesOf } from './cell-routing.ts';
import type { RunnerFacts, PlannedCell, TableOnShards } from './cell-runner.ts';

/** A cell that has run all its phases. */
interface RanCell {
  readonly cell: PlannedCell;
  /** In order. */
  readonly phases: readonly RanPhase[];
  readonly facts: RunnerFacts;
}

export interface RanPhase {
  readonly phase: CellPhase;
  readonly record: PhaseRecord;
}

/** The numbers of a cell are those of its measured phase. */
export function measuredCell(
  loaded: LoadedScenario,
  { cell, phases, facts }: RanCell,
): MeasuredCell {
  const { scenario } = loaded;
  const place = phases.findIndex(({ phase }) => phase.measured);
  const { phase: own, record } = present(phases[place], 'measured phase');
  const { phase, routing } = own;
  const metrics = phaseMetrics(record, knownFacts({ ...loaded, phase }, routing));
  const before = phases.slice(0, place);
  const shards = withServers(metrics.shards, facts.servers, before);
  return {
    ...metrics,
    status: 'ok',
    shards,
    server: record.server,
    wal: walUse(shards, phase.durationMs, scenario.wal),
    lookup: facts.lookup,
    notes: [...notesOf(cell.spec, routing, loaded), ...facts.notes],
    topKeyShare: routing.topKeyShare,
    ...(routing.tables && tablesOfCell(routing.tables.layout, facts.tables ?? [])),
  };
}

/** Where each table lies, and what of its constraints no shard can hold. */
function tablesOfCell(
  { tables, lost }: Layout,
  found: readonly TableOnShards[],
): Pick<MeasuredCell, 'tables' | 'lostConstraints'> {
  return {
    tables: tables.map(({ table, placement, keyColumns }) => {
      const { rows, bytes } = present(
        found.find((each) => each.table === table),
        `shards of ${table}`,
      );
      return { table, placement, keyColumns: [...keyColumns], rows: [...rows], bytes: [...bytes] };
    }),
    lostConstraints: lost.map((each) => ({ ...each, columns: [...each.columns] })),
  };
}

/** Servers count from the load on: what earlier phases wrote is told beside. */
function withServers(
  shards: ShardResult[],
  servers: readonly AskedServer[],
  before: readonly RanPhase[],
): ShardResult[] {
  return shards.map((shard, index) => {
    const server = servers[index];
    if (server === undefined) return shard;
    const writesBefore = before.reduce(
      (sum, { record }) => sum + (record.samples.shards[index]?.writesSent ?? 0),
      0,
    );
    return { ...shard, server: { ...server, writesBefore } };
  });
}
