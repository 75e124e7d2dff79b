import { present } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { CachedRoutes } from '../../directory/cached-routes.ts';
import { type PlannedMove, planLookupMove } from '../../directory/lookup-move.ts';
import { type CurvePoint, type ReplayOptions, replayCurve } from '../../directory/lookup-replay.ts';
import { lookupResult } from '../../directory/lookup-result.ts';
import { LookupTarget } from '../../directory/lookup-target.ts';
import { Lookups } from '../../directory/lookups.ts';
import type { Target } from '../../traffic/ports.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import {
  copyRows,
  countRows,
  createDirectory,
  type DirectoryPlace,
  DirectoryTable,
  lookupConnections,
  type RowsOf,
} from '../../postgres/directory-table.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { LookupResult } from '../../result/lookup.ts';
import type { PlacedKey } from '../../placement/placed-key.ts';
import type { Router } from '../../router/contract.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import type { Lookup } from '../../scenario/types.ts';
import { keyColumn } from '../../workload/key-column.ts';
import type { Phase } from '../../workload/types.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** What a cell must have for its keys to be looked up. */
export interface LookupCell {
  readonly lookup: Lookup;
  readonly key: PlacedKey;
  readonly router: Router;
  readonly loaded: LoadedScenario;
  readonly clock: Clock;
  /** The server of shard 0, its maintenance database. */
  readonly maintenance: ShardAddress;
  readonly addresses: readonly ShardAddress[];
}

/** The look-ups of one cell, from the table to the result. */
export class CellLookup {
  readonly routes: CachedRoutes;
  private readonly cell: LookupCell;
  private readonly place: DirectoryPlace;
  private readonly table: DirectoryTable;
  private readonly lookups: Lookups;
  private readonly move: PlannedMove | null;
  private readonly curve: readonly CurvePoint[] | null;
  private target: LookupTarget | null = null;
  /** The switch of the moved entry; resolves to the rows that its old shard has then. */
  private switching: Promise<number> | null = null;

  /** After the rows are loaded: makes the table and, for a move, copies the tenant's rows. */
  static async open(cell: LookupCell): Promise<CellLookup> {
    const { maintenance, addresses, router, lookup, loaded } = cell;
    const { known } = cell.key;
    const move = lookup.move === null ? null : plannedMove(cell, lookup.move);
    const place = await createDirectory(maintenance, on(addresses, 0), known, router);
    if (move !== null)
      await copyRows(on(addresses, move.from), on(addresses, move.to), rowsOf(cell, move));
    const table = new DirectoryTable(place.address, {
      keyType: known.type,
      connections: lookupConnections,
      statementTimeoutMs: loaded.scenario.limits.shardTimeoutMs,
    });
    try {
      await table.warmUp();
    } catch (error) {
      await table.close();
      throw error;
    }
    return new CellLookup(cell, place, table, move);
  }

  private constructor(
    cell: LookupCell,
    place: DirectoryPlace,
    table: DirectoryTable,
    move: PlannedMove | null,
  ) {
    const { loaded, router, lookup, clock } = cell;
    const { name: keyName, known } = cell.key;
    const { workload, plan, scenario } = loaded;
    const { maxBytes } = keyColumn(workload, keyName);
    const keysMax = known.count + plan.warmup.inserts + plan.measure.inserts;
    const replay: ReplayOptions = {
      workload,
      keyName,
      maxKeyBytes: maxBytes,
      keysMax,
      router,
      cacheSize: lookup.cache,
      ttlNs: lookup.ttlMs * 1e6,
      move,
    };
    this.cell = cell;
    this.place = place;
    this.table = table;
    this.move = move;
    this.lookups = new Lookups(table, clock, keysMax, maxBytes);
    this.curve = scenario.loop.kind === 'open' ? replayCurve(replay, plan, known.count) : null;
    this.routes = new CachedRoutes({
      ...replay,
      clock,
      lookUp: (bytes, start, end) =>
        this.lookups.begin(
          bytes,
          start,
          end,
          (key, shard) => this.found(key, shard),
          (key) => this.routes.forget(key, 0, key.length),
        ),
      beginMove: () => this.beginMove(),
    });
  }

  /** The target whose queries wait for their look-ups. */
  over(target: Target): Target {
    const { key, router, loaded, clock } = this.cell;
    const { workload } = loaded;
    this.target = new LookupTarget(target, this.lookups, clock, {
      workload,
      keyName: key.name,
      router,
    });
    return this.target;
  }

  /** Before each phase. */
  enter(phase: Phase): void {
    this.routes.enter(phase);
    this.lookups.reset();
    this.target?.reset();
  }

  /** After the measured phase. */
  async result(): Promise<LookupResult> {
    const { cell, move } = this;
    const { lookup, key, addresses, loaded } = cell;
    return lookupResult({
      place: this.place.description,
      keys: key.known.count,
      cacheSize: lookup.cache,
      ttlMs: lookup.ttlMs,
      connections: lookupConnections,
      counts: this.routes.counts,
      lookups: this.lookups,
      waitedNs: this.target?.waitedNs ?? 0,
      move:
        move === null || lookup.move === null
          ? null
          : {
              plan: move,
              tenant: loaded.workload.tenants.ids[move.tenant] ?? '',
              atMs: lookup.move.atMs,
            },
      rowsLeft:
        move === null || this.switching === null
          ? null
          : {
              switched: await this.switching,
              ended: await countRows(on(addresses, move.from), rowsOf(cell, move)),
            },
      curve: this.curve,
    });
  }

  async close(): Promise<void> {
    await this.table.close();
  }

  /** A key that the table does not have goes where the router sends what it does not know. */
  private found(key: Uint8Array, shard: number | null): void {
    const { router } = this.cell;
    this.routes.answer(key, 0, key.length, shard ?? router.route(key, 0, key.length));
  }

  private beginMove(): void {
    if (this.move === null) return;
    this.switching = this.switchEntry(this.move);
    // Whoever asks for the result is told.
    this.switching.catch(() => undefined);
  }

  private async switchEntry(move: PlannedMove): Promise<number> {
    try {
      await this.table.move(move.key, move.to);
      this.routes.switched();
      return await countRows(on(this.cell.addresses, move.from), rowsOf(this.cell, move));
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new UserError(`the directory's entry could not be switched: ${message}`, {
        exitCode: exitCodes.unusable,
        cause,
      });
    }
  }
}

function plannedMove(cell: LookupCell, asked: NonNullable<Lookup['move']>): PlannedMove {
  const { loaded, key, router } = cell;
  const { scenario, workload } = loaded;
  const topology = topologyOf(scenario.topology, router.shardCount);
  return planLookupMove(workload, key.known, router, topology, asked);
}

/** What the numbers of a cell with look-ups mean. `staged`: whether other cells stage queries. */
export function lookupNotes({ move }: LookupResult, staged: boolean): Fact[] {
  const place = '/lookup';
  const notes = [fact('look-ups-on-shard-0', { place })];
  if (staged) notes.push(fact('look-ups-not-staged', { place }));
  if (move === null) return notes;
  const { tenant, from, to } = move;
  return [
    ...notes,
    fact('look-up-entry-moved', {
      severity: 'warning',
      numbers: { from, to },
      names: { tenant },
      place: `${place}/move`,
    }),
  ];
}

function on(addresses: readonly ShardAddress[], shard: number): ShardAddress {
  return present(addresses[shard], `address of shard ${shard}`);
}

function rowsOf({ loaded, key }: LookupCell, move: PlannedMove): RowsOf {
  const { scenario, workload } = loaded;
  const value = workload.tenants.ids[move.tenant] ?? '';
  return { table: scenario.schema.table, column: key.name, value };
}
