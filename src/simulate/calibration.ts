import { assert } from '../base/assert.ts';
import type { Distribution } from '../result/types.ts';
import type { Simulation, Stalls } from '../scenario/simulation-types.ts';
import { type Bend, bentService, type MeasuredService, measuredService } from './fit-shape.ts';
import { fitKinds, type Kinds, type Observation, withKinds } from './fit-kinds.ts';
import type { ObservedCell } from './observed-cell.ts';
import { sharedSigma, unexplainedSigma } from './fit-stalls.ts';
import { type CellLoad, simulateCell } from './simulated-cell.ts';

/** A model that reproduces a measured cell, and how well it does. */
export interface Calibration {
  readonly simulation: Simulation;
  /** What was compared, in milliseconds. */
  readonly compared: readonly Comparison[];
  /** Mean of |ln(simulated / measured)| over them, and by how much throttling is off. */
  readonly distance: number;
}

export interface Comparison {
  readonly what: string;
  /** Whether it is of the cell as a whole, not of one operation or shard. */
  readonly ofCell: boolean;
  readonly measuredMs: number;
  readonly simulatedMs: number;
}

/**
 * Finds service times and a number of servers with which a measured cell comes out of the
 * simulation as it was measured. For each number of servers, with and without the CPU quota, the
 * measured service times are scaled for each operation and bent for all until the medians of the
 * operations and the tail of all together agree; taken is the number that then agrees best with
 * everything else that was measured: the shards, which were unequally loaded, and operations on one
 * shard and on all. A median alone would not tell a slow server from a busy one.
 *
 * How times follow the rows of a shard is then fitted to other cells, which had other rows.
 *
 * @param primary a cell whose verdict is VALID, with the very arrivals that it was measured with
 * @param others more of them, of the same scenario on other shard counts, keys or data
 */
export async function calibrate(
  primary: Observation,
  others: readonly Observation[] = [],
): Promise<Calibration> {
  const service = measuredService(primary.cell);
  assert(service.all.count > 0, 'service times in the measured cell');
  const alike = await bestFit(primary, service);
  const kinds = await fitKinds(primary, alike.simulation, others);
  const stalls = await sharedStalls(primary, alike.simulation);
  const { servers, quota } = alike.simulation;
  // Where shards differ in their rows, and where seconds do, it changes what was fitted.
  const found =
    hasScan(kinds) || stalls !== null
      ? await fit(primary, service, { servers, quota, stalls }, kinds)
      : alike;
  return { ...found, simulation: withKinds(found.simulation, kinds) };
}

/** Seconds that differ by less on all shards at once make no difference. */
const sigmaMin = 0.04;

/** What the shards' seconds had in common, less what the model has in common without stalls. */
async function sharedStalls(
  { cell, routing, load }: Observation,
  simulation: Simulation,
): Promise<Stalls | null> {
  const measured = sharedSigma(cell.shards);
  if (measured === null) return null;
  const scenario = { ...load.scenario, simulation };
  const found = await simulateCell(routing, { ...load, scenario });
  const sigma = unexplainedSigma(measured, sharedSigma(found.shards)) ?? 0;
  return sigma < sigmaMin ? null : { sigma, stops: null };
}

const hasScan = (kinds: Kinds): boolean =>
  Object.values(kinds).some(({ share }) => (share ?? 0) > 0);

async function bestFit(primary: Observation, service: MeasuredService): Promise<Calibration> {
  const { load } = primary;
  const expected = expectedServers(load);
  let best: Calibration | null = null;
  for (const candidate of candidates(load, expected)) {
    const found = await fit(primary, service, candidate, {});
    const isExpected = best?.simulation.servers === expected && candidate.servers !== expected;
    const part = isExpected ? clearlyBetter : slightlyBetter;
    if (best === null || found.distance < best.distance * part) best = found;
  }
  assert(best !== null, 'a number of servers to try');
  return best;
}

/** What stays of the distance where a candidate replaces one that stands to reason. */
const clearlyBetter = 0.7;
/** Where it replaces one with fewer servers, which explains the same with less. */
const slightlyBetter = 0.98;

/** The cores that all shards had, each of them; null where they are not known. */
function expectedServers({ scenario }: CellLoad): number | null {
  const { cores } = scenario.simulation;
  return cores === null ? null : Math.min(cores, scenario.limits.connectionsPerShard);
}

type Candidate = Pick<Simulation, 'servers' | 'quota' | 'stalls'>;

/** In the order in which they are tried: the expected number, then from few to many. */
function candidates({ scenario }: CellLoad, expected: number | null): Candidate[] {
  const { connectionsPerShard } = scenario.limits;
  // More servers than cores wait for a core instead: the same.
  const most = expected ?? connectionsPerShard;
  const counts = [1, 2, 4, connectionsPerShard].filter((count) => count <= most);
  const servers = [...new Set([...(expected === null ? [] : [expected]), ...counts])];
  const quotas = scenario.topology.quota === null ? [false] : [false, true];
  return servers.flatMap((count) =>
    quotas.map((quota) => ({ servers: count, quota, stalls: null })),
  );
}

const rounds = 12;
/** Near enough, as a logarithm of a ratio. */
const closeEnough = 0.005;
const widthRange = [0.05, 3] as const;
/**
 * A step changes no factor by more: beside a full queue a median says little of how far it is off.
 */
const stepMost = Math.log(2);
/** A step into full queues is tried again, half as long. */
const shorter = 0.5;
/** Beside a queue the steps would go round in circles: each is a little shorter than the last. */
const calmer = 0.8;

async function fit(
  { cell: measured, routing, load }: Observation,
  service: MeasuredService,
  candidate: Candidate,
  kinds: Kinds,
): Promise<Calibration> {
  let bend: Bend = { factors: service.factors, width: 1 };
  let best: Calibration | null = null;
  let from: Step | null = null;
  let length = 1;
  for (let round = 0; round < rounds; round += 1) {
    const simulation: Simulation = {
      ...load.scenario.simulation,
      ...candidate,
      networkMs: 0,
      slow: [],
      operations: bentService(service, bend, kinds),
    };
    const scenario = { ...load.scenario, simulation };
    const cell = await simulateCell(routing, { ...load, scenario });
    const compared = comparisons(measured, cell);
    const distance = distanceOf(compared) + throttlingOff(measured, cell);
    if (best === null || distance < best.distance) best = { simulation, compared, distance };
    const step = stepFrom(bend, measured, cell);
    if (step.off < closeEnough) break;
    // Medians and tail pull at each other, so a step may well lead away for a moment; but from full
    // queues, which are about as long whatever fills them, there is no way back but a shorter step.
    if (from === null || from.overloaded || !step.overloaded) from = step;
    else length *= shorter;
    bend = taken(from, length);
    length *= calmer;
  }
  assert(best !== null, 'a round');
  return best;
}

/** From a bend to one that should bring medians and tail to what was measured; in logarithms. */
interface Step {
  readonly from: Bend;
  readonly factors: Readonly<Record<string, number>>;
  readonly width: number;
  /** The largest of them, without its sign. */
  readonly off: number;
  /** Far too slow: the tail is that of a queue, and says nothing. */
  readonly overloaded: boolean;
}

/** Times that are so many times the measured ones are of queues that fill up. */
const overload = 4;

function stepFrom(from: Bend, measured: ObservedCell, simulated: ObservedCell): Step {
  const a = tail(measured.overall?.responseMs.ok);
  const b = tail(simulated.overall?.responseMs.ok);
  const names = Object.keys(from.factors);
  const each = (of: (name: string) => number) =>
    Object.fromEntries(names.map((name) => [name, of(name)]));
  // Nothing was answered, or too little for a tail: far too slow as well.
  if (a === null || b === null || b.p50 > overload * a.p50) {
    const off = Number.POSITIVE_INFINITY;
    return { from, factors: each(() => -stepMost), width: 0, off, overloaded: true };
  }
  const factors = each((name) =>
    Math.log(medianOf(measured, name, a.p50) / medianOf(simulated, name, b.p50)),
  );
  const width = Math.log(a.width / b.width);
  const off = Math.max(...[...Object.values(factors), width].map(Math.abs));
  return { from, factors, width, off, overloaded: false };
}

function taken({ from, factors, width }: Step, length: number): Bend {
  const times = (off: number): number =>
    Math.exp(length * Math.min(stepMost, Math.max(-stepMost, off)));
  const [least, most] = widthRange;
  return {
    factors: Object.fromEntries(
      Object.entries(from.factors).map(([name, factor]) => [
        name,
        factor * times(factors[name] ?? 0),
      ]),
    ),
    width: Math.min(most, Math.max(least, from.width * times(width))),
  };
}

/** Of all operations where this one was too rare. */
function medianOf({ operations }: ObservedCell, operation: string, all: number): number {
  return operations.find((each) => each.operation === operation)?.responseMs.ok.p50 ?? all;
}

function tail(distribution: Distribution | undefined): { p50: number; width: number } | null {
  const { p50, p95, p99 } = distribution ?? { p50: null, p95: null, p99: null };
  const high = p99 ?? p95;
  if (p50 === null || high === null || !(high > p50)) return null;
  return { p50, width: Math.log(high / p50) };
}

/** Every percentile that both have. */
export function comparisons(measured: ObservedCell, simulated: ObservedCell): Comparison[] {
  const pairs: [string, Distribution | undefined, Distribution | undefined][] = [
    ['all operations', measured.overall?.responseMs.ok, simulated.overall?.responseMs.ok],
    ['one shard', measured.fanOut?.singleShardMs.ok, simulated.fanOut?.singleShardMs.ok],
    ['all shards', measured.fanOut?.scatterMs.ok, simulated.fanOut?.scatterMs.ok],
    ...measured.operations.map(({ operation, responseMs }, i): (typeof pairs)[number] => {
      return [operation, responseMs.ok, simulated.operations[i]?.responseMs.ok];
    }),
    ...measured.shards.map((shard, i): (typeof pairs)[number] => {
      return [`shard ${i}`, shard.responseMs.ok, simulated.shards[i]?.responseMs.ok];
    }),
  ];
  // The first three are of the cell as a whole.
  return pairs.flatMap(([what, a, b], index) =>
    (['p50', 'p95', 'p99'] as const).flatMap((name) => {
      const measuredMs = a?.[name] ?? null;
      const simulatedMs = b?.[name] ?? null;
      if (measuredMs === null || simulatedMs === null || measuredMs <= 0) return [];
      return [{ what: `${what} ${name}`, ofCell: index < 3, measuredMs, simulatedMs }];
    }),
  );
}

/**
 * By how much the share of periods in which the quota held a shard back is off, on average:
 * response times alone can be explained by a quota that in truth hardly ever held anything back.
 */
function throttlingOff(measured: ObservedCell, simulated: ObservedCell): number {
  const off = measured.shards.map(({ throttledFraction }, i) => {
    if (throttledFraction === null) return 0;
    return Math.abs((simulated.shards[i]?.throttledFraction ?? 0) - throttledFraction);
  });
  return off.reduce((sum, each) => sum + each, 0) / Math.max(1, off.length);
}

function distanceOf(compared: readonly Comparison[]): number {
  if (compared.length === 0) return Number.POSITIVE_INFINITY;
  const off = compared.map(({ measuredMs, simulatedMs }) =>
    Math.abs(Math.log(Math.max(simulatedMs, 1e-6) / measuredMs)),
  );
  return off.reduce((sum, each) => sum + each, 0) / off.length;
}
