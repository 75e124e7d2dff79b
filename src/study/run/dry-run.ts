import { availableMemory } from '../../fleet/embedded/space.ts';
import type { FleetName } from '../../fleet/names.ts';
import { type Room, roomFor } from '../../fleet/room.ts';
import type { TerminalOptions } from '../../report/terminal-layout.ts';
import type { Scenario } from '../../scenario/types.ts';
import { bytes, duration, integer } from '../../wording/format.ts';
import { type ArrivalPlan, planArrivals } from '../../workload/arrival-plan.ts';
import { expectedTableRows } from '../../workload/tables/row-counts.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { cellSpecs, shuffled } from '../cells/cell-specs.ts';
import { type DrawingCost, drawingCost } from '../scenario/drawing-cost.ts';
import { checkKeys, drawWorkload, type ReadScenario } from '../scenario/load-scenario.ts';
import { certainlyNotValid } from './certain-outcome.ts';
import { fleetRequest } from './fleet-request.ts';
import { tablesText } from './dry-run-tables.ts';
import { estimate } from './run-estimate.ts';

/** A dry run answers within two seconds, however large the run: more than this is not drawn. */
const drawnMs = 600;
/** Three tables of 32-bit numbers, kept by the load generator. */
const bytesOfRow = 12;

/** What a run will do. */
export interface DryRun {
  /** The cells, the arrivals, the time: a line for each. */
  readonly lines: readonly string[];
  /** Where the tables lie, and what that makes of the operations; '' where there is one table. */
  readonly tables: string;
  /** What cannot end well, or was not looked at, in sentences. */
  readonly problems: readonly string[];
}

/** Nothing is started or written. `asked`: the fleet that the user names. */
export async function dryRun(
  read: ReadScenario,
  asked: FleetName | null,
  environment: NodeJS.ProcessEnv,
  terminal: TerminalOptions,
): Promise<DryRun> {
  const { scenario } = read;
  const order = shuffled(cellSpecs(scenario), scenario.seed);
  const work = drawingCost(read);
  const room = roomFor(fleetRequest(scenario, order, asked), asked, environment);
  const drawn = await draw(read, work);
  const { measured, warmup } = drawn;
  const time = estimate(scenario, order).totalMs + work.totalMs;
  const closed = scenario.loop.kind === 'closed';
  const arrivals = `${measured} measured, ${warmup} to warm up, in each cell`;
  return {
    lines: [
      `scenario  ${scenario.name}`,
      `seed      ${scenario.seed}`,
      `digest    ${drawn.digest ?? `not computed: ${whyNotDrawn(work)}`}`,
      `arrivals  ${closed ? closedLoop(scenario) : arrivals}`,
      `time      about ${duration(time)}`,
      `cells     ${order.length}, in this order:`,
      ...order.map(({ name, shardCount }) => `  ${name} on ${shards(shardCount)}`),
    ],
    tables: plannedTables(read, terminal),
    problems: [
      ...certainlyNotValid(scenario, closed ? null : drawn.measuredCount),
      ...roomSentences(await room),
      ...(await memorySentences(work.rows)),
      ...drawn.unchecked,
    ],
  };
}

function plannedTables({ scenario, layouts }: ReadScenario, terminal: TerminalOptions): string {
  const { operations, strategies, tables } = scenario;
  if (tables === undefined) return '';
  const { tenants } = scenario;
  const counts = tenants.distribution === 'file' ? [] : expectedTableRows(tables, tenants.count);
  const rows = new Map(counts.map((count, index) => [tables.tables[index]?.name ?? '', count]));
  return tablesText({ operations, strategies, layouts, rows }, terminal);
}

const whyNotDrawn = ({ rows, expected, totalMs }: DrawingCost): string =>
  `drawing ${integer(rows)} rows and ${integer(expected.measure + expected.warmup)} ` +
  `arrivals takes about ${duration(totalMs)}`;

interface Drawn {
  readonly digest: string | null;
  readonly measured: string;
  readonly measuredCount: number;
  readonly warmup: string;
  /** What a run would look at and this did not, in sentences. */
  readonly unchecked: readonly string[];
}

/** Draws as much as there is time for. */
async function draw(read: ReadScenario, work: DrawingCost): Promise<Drawn> {
  if (work.totalMs <= drawnMs) {
    const { plan } = await drawWorkload(read, () => undefined);
    return { ...counted(plan), digest: plan.digest, unchecked: [] };
  }
  const { scenario, path } = read;
  // Of many tables each row is another's parent: there are no fewer to be drawn.
  if (work.tenantsMs > drawnMs || scenario.tables !== undefined) {
    const unchecked = scenario.strategies.some(namesKeys) ? [keysUnchecked] : [];
    return { ...guessed(work), digest: null, unchecked };
  }
  // Times and tenants of arrivals do not depend on how many rows there are.
  const { rowBytes } = scenario.data;
  const few = { ...scenario, data: { rowBytes, totalBytes: rowBytes } };
  const workload = buildWorkload(few, read.tenants);
  const byTenant = scenario.strategies.filter((strategy) => isTenants(strategy, scenario));
  checkKeys({ ...scenario, strategies: byTenant }, workload, path);
  const others = scenario.strategies.filter((strategy) => !byTenant.includes(strategy));
  const unchecked = others.some(namesKeys) ? [keysUnchecked] : [];
  const counts =
    work.tenantsMs + work.arrivalsMs <= drawnMs ? counted(planArrivals(workload)) : guessed(work);
  return { ...counts, digest: null, unchecked };
}

const keysUnchecked =
  'It was not checked whether the keys that strategies pin, split or move exist, because ' +
  'that takes long with so many tenants or rows. A run checks it first.';

type Strategy = Scenario['strategies'][number];

const namesKeys = ({ pin, split, lookup }: Strategy): boolean =>
  pin !== undefined || split !== undefined || (lookup?.move ?? null) !== null;

const isTenants = ({ key }: Strategy, { schema }: Scenario): boolean =>
  schema.columns.some(({ name, generator }) => name === key && generator.kind === 'tenant');

type Counts = Pick<Drawn, 'measured' | 'measuredCount' | 'warmup'>;

const counted = ({ measure, warmup }: ArrivalPlan): Counts => ({
  measured: String(measure.arrivals),
  measuredCount: measure.arrivals,
  warmup: String(warmup.arrivals),
});

const guessed = ({ expected }: DrawingCost): Counts => ({
  measured: `about ${integer(expected.measure)}`,
  measuredCount: expected.measure,
  warmup: `about ${integer(expected.warmup)}`,
});

const closedLoop = ({ loop }: Scenario): string => {
  const clients = loop.kind === 'closed' ? loop.clients : 0;
  const who = clients === 1 ? '1 client starts' : `each of ${clients} clients starts`;
  return `${who} an operation when its last one has ended`;
};

function roomSentences({ fleet, problem }: Room): string[] {
  if (problem === null) return [];
  const remedy = problem.hint === undefined ? '' : ` To solve this: ${problem.hint}.`;
  return [`The shards do not fit (fleet ${fleet}): ${problem.message}.${remedy}`];
}

async function memorySentences(rows: number): Promise<string[]> {
  const needed = rows * bytesOfRow;
  const available = await availableMemory();
  if (needed <= available) return [];
  return [
    `The load generator's table of ${integer(rows)} rows does not fit: it takes ` +
      `${bytes(needed)} of memory, and ${bytes(available)} is available. To solve this: ` +
      'lower data.total, or raise data.row.',
  ];
}

const shards = (count: number): string => (count === 1 ? '1 shard' : `${count} shards`);
