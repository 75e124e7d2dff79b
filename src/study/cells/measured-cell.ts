import { present } from '../../base/assert.ts';
import type { CellFacts } from '../../metrics/cell-metrics.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { joinRecords } from '../../metrics/join-records.ts';
import { repeatResult } from '../../metrics/repeat-result.ts';
import { repeatsDisagree } from '../../metrics/repeats-disagree.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { RepeatResult } from '../../result/repeat.ts';
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

/** A cell that has run its phases, the parts of its window among them at least once. */
interface RanCell {
  readonly cell: PlannedCell;
  /** In order. */
  readonly phases: readonly RanPhase[];
  readonly facts: RunnerFacts;
}

export interface RanPhase {
  readonly phase: CellPhase;
  readonly record: PhaseRecord;
  /** Turns that cells had had before, of the whole run, and when this one began. */
  readonly turn: number;
  readonly startedAt: Date;
}

/** The numbers of a cell are those of its measured phases. */
export function measuredCell(
  loaded: LoadedScenario,
  { cell, phases, facts }: RanCell,
): MeasuredCell {
  const { scenario } = loaded;
  const own = phases.filter(({ phase }) => phase.measured);
  const last = present(own.at(-1), 'measured phase');
  const { phase, routing } = last.phase;
  const [first, ...others] = own.map((each) => each.record);
  const record = joinRecords([present(first, 'record'), ...others]);
  const repeated = cell.phases.some(({ visit = 0 }) => visit > 0);
  const known = knownFacts({ ...loaded, phase }, routing);
  const metrics = phaseMetrics(record, repeated ? { ...known, ...repeatFacts(own) } : known);
  const before = phases.filter((each) => !each.phase.measured);
  const shards = withServers(metrics.shards, facts.servers, before);
  return {
    ...metrics,
    status: 'ok',
    shards,
    server: record.server,
    wal: walUse(shards, record.samples.windowNs / 1e6, scenario.wal),
    ...(repeated && { repeats: repeatsOf(own, loaded) }),
    lookup: facts.lookup,
    notes: [...notesOf(cell.spec, routing, loaded), ...facts.notes, ...missing(cell, own)],
    topKeyShare: routing.topKeyShare,
    ...(routing.tables && tablesOfCell(routing.tables.layout, facts.tables ?? [])),
  };
}

function repeatFacts(parts: readonly RanPhase[]): Pick<CellFacts, 'repeats' | 'disagreement'> {
  const samples = parts.map(({ record }) => record.samples);
  return { repeats: parts.length, disagreement: repeatsDisagree(samples) };
}

function repeatsOf(parts: readonly RanPhase[], { workload }: LoadedScenario): RepeatResult[] {
  return parts.map(({ record, turn, startedAt }, repeat) =>
    repeatResult(record, workload.operations, {
      repeat,
      turn,
      startedAt: startedAt.toISOString(),
    }),
  );
}

/** The run ended before all parts of the window had their turn. */
function missing({ phases }: PlannedCell, own: readonly RanPhase[]): Fact[] {
  const planned = phases.filter(({ measured }) => measured).length;
  if (own.length === planned) return [];
  const numbers = { measured: own.length, planned };
  return [fact('repeats-missing', { severity: 'warning', numbers, place: '/repeats' })];
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
